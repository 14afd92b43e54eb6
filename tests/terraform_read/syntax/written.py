"""Generated configuration: trees as strategies, and the text of a tree in many spellings."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import strategies as st

Texts = st.SearchStrategy[tuple[str, str]]  # a text, and its shape

NAMES = st.sampled_from(["a", "b-c", "_d", "for_each", "größe", "var", "E", "in1", "true_"])
_GAPS = st.sampled_from(["", " ", "  ", "\t", '/* } " */', " /*\n*/ "])
_GAPS_OVER_LINES = st.sampled_from(["", " ", "\n", "\r\n", ' # } " ${\n', " // <<E\n", "/* { */"])
_LITERALS = st.sampled_from([
    ("", ""), ("x", "x"), ("}", "}"), ("{", "{"), ("#", "#"), ("$${", "${"), ("%%{", "%{"), ("$", "$"), ("// ", "// "),
    ("/*", "/*"), ("<<E", "<<E"), ("\\n", "\n"), ('\\"', '"'), ("\\\\", "\\"), ("é", "é"), ("E", "E"),
])  # fmt: skip


def _template(inner: Texts) -> Texts:
    interpolation = st.tuples(inner, st.sampled_from(["${", "${ ", "${\n"]), st.sampled_from(["}", " }", "\n}"]))
    piece = _LITERALS | interpolation.map(lambda one: (one[1] + one[0][0] + one[2], f"\0{one[0][1]}"))
    return st.lists(piece, max_size=4).map(_quoted)


def _quoted(pieces: list[tuple[str, str]]) -> tuple[str, str]:
    """Pieces side by side may mean something that they do not mean alone: `$` and `{`."""
    text = ""
    said: list[str] = []
    for written, meant in pieces:
        if text.endswith(("$", "%")) and written[:1] in ("$", "%", "{"):
            continue
        text += written
        if meant.startswith("\0"):
            said.append(meant)
        elif said and not said[-1].startswith("\0"):
            said[-1] += meant
        else:
            said.append(meant)
    shown = [one[1:] if one.startswith("\0") else repr(one) for one in said if one]
    return f'"{text}"', f"<{' '.join(shown)}>"


def _bracketed(inner: Texts) -> Texts:
    return st.tuples(_GAPS_OVER_LINES, inner, _GAPS_OVER_LINES).map(
        lambda one: (f"({one[0]}{one[1][0]}{one[2]})", one[1][1])
    )


def _joined(opener: str, closer: str, separator: Callable[[str], str], inner: Texts) -> Texts:
    def write(elements: list[tuple[str, str]]) -> tuple[str, str]:
        text = separator(",").join(text for text, _ in elements)
        return f"{opener}{text}{closer}", f"{opener}{', '.join(shown for _, shown in elements)}{closer}"

    return st.lists(inner, max_size=3).map(write)


def _object(inner: Texts) -> Texts:
    items = st.lists(st.tuples(NAMES, inner, st.sampled_from([", ", ",\n", "\n", " # }\n", "\r\n\r\n"])), max_size=3)

    def write(found: list[tuple[str, tuple[str, str], str]]) -> tuple[str, str]:
        text = "".join(f"{name} = {value[0]}{end}" for name, value, end in found)
        return f"{{{text}}}", f"{{{', '.join(f'<{name!r}>={value[1]}' for name, value, _ in found)}}}"

    return items.map(write)


def _operation(inner: Texts) -> Texts:
    operators = st.sampled_from(["+", "-", "*", "/", "%", "==", "!=", "<", ">=", "&&", "||"])
    return st.tuples(inner, operators, inner).map(
        lambda one: (f"({one[0][0]} {one[1]} ({one[2][0]}))", f"({one[0][1]} {one[1]} {one[2][1]})")
    )


_LEAVES: Texts = st.one_of(
    NAMES.map(lambda name: (name, name)),
    st.sampled_from([("1", "1"), ("2.5", "2.5"), ("true", "true"), ("null", "null"), ('""', "<>")]),
    st.tuples(NAMES, NAMES).map(lambda one: (f"{one[0]}.{one[1]}", f"{one[0]}.{one[1]}")),
)


def _grown(inner: Texts) -> Texts:
    closed = inner.map(lambda one: (f"({one[0]})", one[1]))
    return st.one_of(
        _template(inner),
        _bracketed(inner),
        _joined("[", "]", lambda comma: f"\n{comma} ", inner),
        st.tuples(NAMES, _joined("(", ")", lambda comma: f"{comma}\n", inner)).map(
            lambda one: (one[0] + one[1][0], one[0] + one[1][1])
        ),
        _object(inner),
        _operation(closed),
        closed.map(lambda one: (f"(!{one[0]})", f"(! {one[1]})")),
        st.tuples(closed, closed, closed).map(
            lambda one: (f"({one[0][0]} ? {one[1][0]} : {one[2][0]})", f"({one[0][1]} ? {one[1][1]} : {one[2][1]})")
        ),
        st.tuples(NAMES, closed, closed).map(
            lambda one: (
                f"[for {one[0]} in {one[1][0]} : {one[2][0]}]", f"[for ,{one[0]} in {one[1][1]}: {one[2][1]}]"
            )
        ),
        closed.map(lambda one: (f"{one[0]}[*].x", f"({one[1]} [*] @.x)")),
        inner.map(lambda one: (f"(<<-E\n  x ${{{one[0]}}} }}\n   E \n)", f"<'x ' {one[1]} ' }}\\n'>")),
    )  # fmt: skip


EXPRESSIONS: Texts = st.recursive(_LEAVES, _grown, max_leaves=8)


@st.composite
def bodies(draw: st.DrawFn, depth: int = 2) -> tuple[str, str]:
    """A body's text, each item on lines of its own, and its outline."""
    newline = draw(st.sampled_from(["\n", "\r\n", " # } {\n", "\n\n"]))
    text, arguments, blocks = newline, dict[str, str](), list[str]()
    for _ in range(draw(st.integers(0, 3))):
        name, gap = draw(NAMES), draw(_GAPS)
        if depth and draw(st.booleans()):
            label = draw(st.sampled_from(["", ' "x}"', " y"]))
            inner, shown = draw(bodies(depth=depth - 1))
            text += f"{name}{label}{gap}{{{inner}}}{newline}"
            blocks.append(" ".join([name, *([repr(label.strip(' "'))] if label else [])]) + f" {{{shown}}}")
        elif name not in arguments:
            value, arguments[name] = draw(EXPRESSIONS)
            text += f"{name}{gap}={gap}{value}{newline}"
    return text, "; ".join([*(f"{name} = {value}" for name, value in arguments.items()), *blocks])
