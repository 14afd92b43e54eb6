"""Expressions at random, the same for the same seed: of all forms, mostly of fitting types."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

_NUMBERS = ("0", "1", "2", "3", "10", "-1", "1.5", "0.1", "100", "1e3", "12345678901234567890")
_WORDS = ("", "a", "b", "ab", "x-y", "1", "2.5", "true", "é", "a b", "$", "*", "arn:aws:iam::1:role/r")
_NAMES = ("a", "b", "c")
_UNKNOWN = {
    "string": ("u_string", "u_digits"),
    "number": ("u_number",),
    "bool": ("u_bool",),
    "list": ("u_list", "u_tuple", "u_any_list", "u_set"),
    "object": ("u_object", "u_map"),
    "any": ("u_any", "u_string", "u_list", "u_object", "u_number"),
}
_KINDS = ("string", "number", "bool", "list", "object", "null")


class Generator:
    """Makes expressions; `unknown` is how often a leaf is a name that only the apply knows."""

    def __init__(self, seed: int, unknown: float = 0.0) -> None:
        self.random = random.Random(seed)  # noqa: S311 - examples, not secrets
        self.unknown = unknown
        self.names: list[tuple[str, str]] = []

    def expression(self) -> str:
        """An expression of any type."""
        self.names = []
        return self.of(self.random.choice(_KINDS[:-1]), self.random.randint(1, 3))

    def of(self, kind: str, depth: int) -> str:
        """An expression that is mostly of this kind."""
        if self.random.random() < 0.04:  # something else in its place
            kind = self.random.choice(_KINDS)
        if kind == "any":
            kind = self.random.choice(_KINDS[:-1])
        if kind == "null":
            return "null"
        if depth <= 0 or self.random.random() < 0.12:
            return self.leaf(kind)
        forms = [*_SPECIAL[kind], *_GENERAL]
        return self.random.choice(forms)(self, kind, depth - 1)

    def leaf(self, kind: str) -> str:
        """An expression without parts."""
        fitting = [name for name, of in self.names if of in {kind, "any"}]
        if fitting and self.random.random() < 0.6:
            return self.random.choice(fitting)
        if self.random.random() < self.unknown:
            return f"local.{self.random.choice(_UNKNOWN[kind])}"
        return self.literal(kind)

    def literal(self, kind: str) -> str:
        if kind == "number":
            return self.random.choice(_NUMBERS)
        if kind == "string":
            return f'"{self.word()}"'
        if kind == "bool":
            return self.random.choice(("true", "false"))
        if kind == "list":
            return self.random.choice(("[]", "[1]", '["a", "b"]', "[1, 2, 3]", '["a", 1]', "[null]", "[[1], [2]]"))
        return self.random.choice(("{}", "{ a = 1 }", '{ a = "x", b = 2 }', '{ a = "x", b = "y", c = "z" }'))

    def word(self) -> str:
        return self.random.choice(_WORDS)

    def some(self, kind: str, depth: int, least: int = 0) -> list[str]:
        return [self.of(kind, depth) for _ in range(self.random.randint(least, 3))]

    def within(self, names: Sequence[tuple[str, str]], make: Callable[[], str]) -> str:
        """What is made while there are more names."""
        before = self.names
        self.names = [*before, *names]
        made = make()
        self.names = before
        return made


def _conditional(self: Generator, kind: str, depth: int) -> str:
    return f"({self.of('bool', depth)} ? {self.of(kind, depth)} : {self.of(kind, depth)})"


def _index(self: Generator, kind: str, depth: int) -> str:
    if self.random.random() < 0.5:
        return f"[{', '.join(self.some(kind, depth, 1))}][{self.of('number', depth - 2)}]"
    key = self.random.choice(_NAMES)
    value = f"{{ {key} = {self.of(kind, depth)} }}"
    return self.random.choice((f"{value}.{key}", f'{value}["{key}"]', f"{value}.a"))


def _attempt(self: Generator, kind: str, depth: int) -> str:
    return f"try({', '.join(self.some(kind, depth, 1))})"


def _arithmetic(self: Generator, _kind: str, depth: int) -> str:
    sign = self.random.choice("+-*/%")
    return f"({self.of('number', depth)} {sign} {self.of('number', depth)})"


def _negative(self: Generator, _kind: str, depth: int) -> str:
    return f"-({self.of('number', depth)})"


def _compared(self: Generator, _kind: str, depth: int) -> str:
    sign = self.random.choice(("<", ">", "<=", ">="))
    return f"({self.of('number', depth)} {sign} {self.of('number', depth)})"


def _equal(self: Generator, _kind: str, depth: int) -> str:
    kind = self.random.choice(_KINDS)
    return f"({self.of(kind, depth)} {self.random.choice(('==', '!='))} {self.of(kind, depth)})"


def _logic(self: Generator, _kind: str, depth: int) -> str:
    if self.random.random() < 0.2:
        return f"!({self.of('bool', depth)})"
    return f"({self.of('bool', depth)} {self.random.choice(('&&', '||'))} {self.of('bool', depth)})"


def _can(self: Generator, _kind: str, depth: int) -> str:
    return f"can({self.of('any', depth)})"


def _template(self: Generator, _kind: str, depth: int) -> str:
    parts = [self.random.choice(_PARTS)(self, depth) for _ in range(self.random.randint(1, 3))]
    return f'"{"".join(parts)}"'


def _text_part(self: Generator, _depth: int) -> str:
    return self.word().replace("$", "$${")


def _value_part(self: Generator, depth: int) -> str:
    return f"${{{self.of(self.random.choice(('string', 'string', 'number', 'bool')), depth)}}}"


def _if_part(self: Generator, depth: int) -> str:
    otherwise = f"%{{ else }}{_value_part(self, depth)}" if self.random.random() < 0.5 else ""
    return f"%{{ if {self.of('bool', depth)} }}{_value_part(self, depth)}{otherwise}%{{ endif }}"


def _for_part(self: Generator, depth: int) -> str:
    collection, names, head = _head(self, depth)
    body = self.within(names, lambda: _value_part(self, depth))
    return f"%{{ for {head} in {collection} }}{body},%{{ endfor }}"


_PARTS: Sequence[Callable[[Generator, int], str]] = (_text_part, _value_part, _value_part, _if_part, _for_part)


def _list(self: Generator, _kind: str, depth: int) -> str:
    return f"[{', '.join(self.some(self.random.choice(_KINDS), depth))}]"


def _object(self: Generator, _kind: str, depth: int) -> str:
    items = [f"{_key(self, depth)} = {self.of('any', depth)}" for _ in range(self.random.randint(0, 3))]
    return f"{{ {', '.join(items)} }}" if items else "{}"


def _key(self: Generator, depth: int) -> str:
    return self.random.choice(_NAMES) if self.random.random() < 0.8 else f"({self.of('string', depth - 1)})"


def _head(self: Generator, depth: int) -> tuple[str, Sequence[tuple[str, str]], str]:
    """A collection, and the names of what is in it."""
    over_list = self.random.random() < 0.6
    collection = self.of("list" if over_list else "object", depth)
    value, key = f"v{len(self.names)}", f"k{len(self.names)}"
    if self.random.random() < 0.5:
        return collection, [(value, "any")], value
    return collection, [(key, "number" if over_list else "string"), (value, "any")], f"{key}, {value}"


def _condition(self: Generator, depth: int) -> str:
    return f" if {self.of('bool', depth)}" if self.random.random() < 0.3 else ""


def _for_list(self: Generator, _kind: str, depth: int) -> str:
    collection, names, head = _head(self, depth)
    result = self.within(names, lambda: self.of("any", depth) + _condition(self, depth))
    return f"[for {head} in {collection} : {result}]"


def _for_object(self: Generator, _kind: str, depth: int) -> str:
    collection, names, head = _head(self, depth)
    grouping = "..." if self.random.random() < 0.4 else ""
    result = self.within(
        names,
        lambda: f"{self.of('string', depth)} => {self.of('any', depth)}{grouping}" + _condition(self, depth),
    )
    return f"{{ for {head} in {collection} : {result} }}"


def _splat(self: Generator, _kind: str, depth: int) -> str:
    objects = f"[{', '.join(self.some('object', depth))}]"
    source = self.random.choice((objects, objects, self.of("object", depth), self.of("list", depth)))
    return source + self.random.choice(("[*].a", "[*].a", "[*]", ".*.a", '[*]["a"]', "[*].a[0]", "[*].a.b"))


# Functions by what they give, with the kinds of their arguments.
_FUNCTIONS: dict[str, Sequence[tuple[str, str]]] = {
    "string": (
        ("upper", "string"), ("join", "string list"), ("format", "string any"), ("replace", "string string string"),
        ("tostring", "any"), ("jsonencode", "any"), ("title", "string"), ("trimspace", "string"),
        ("substr", "string number number"), ("trimprefix", "string string"), ("element", "list number"),
        ("lookup", "object string string"), ("coalesce", "string string"), ("sha1", "string"), ("basename", "string"),
        ("base64encode", "string"), ("urlencode", "string"), ("strrev", "string"), ("one", "list"),
    ),
    "number": (
        ("length", "any"), ("max", "number number"), ("min", "number number"), ("floor", "number"), ("ceil", "number"),
        ("abs", "number"), ("signum", "number"), ("parseint", "string number"), ("tonumber", "any"), ("sum", "list"),
        ("index", "list any"),
    ),
    "bool": (
        ("contains", "list any"), ("tobool", "any"), ("alltrue", "list"), ("anytrue", "list"),
        ("startswith", "string string"), ("strcontains", "string string"), ("issensitive", "any"),
    ),
    "list": (
        ("concat", "list list"), ("keys", "object"), ("values", "object"), ("tolist", "list"), ("toset", "list"),
        ("distinct", "list"), ("flatten", "list"), ("compact", "list"), ("reverse", "list"), ("sort", "list"),
        ("slice", "list number number"), ("split", "string string"), ("range", "number"),
        ("setproduct", "list list"), ("chunklist", "list number"),
        ("coalescelist", "list list"), ("regexall", "string string"), ("matchkeys", "list list list"),
    ),
    "object": (
        ("merge", "object object"), ("tomap", "object"), ("zipmap", "list list"), ("jsondecode", "string"),
        ("transpose", "object"),
    ),
}  # fmt: skip


def _call(self: Generator, kind: str, depth: int) -> str:
    name, parameters = self.random.choice(_FUNCTIONS[kind])
    return f"{name}({', '.join(self.of(parameter, depth) for parameter in parameters.split())})"


_GENERAL = (_conditional, _index, _attempt, _call, _call)
_SPECIAL: dict[str, Sequence[Callable[[Generator, str, int], str]]] = {
    "number": (_arithmetic, _arithmetic, _arithmetic, _negative),
    "string": (_template, _template, _template, _template),
    "bool": (_compared, _equal, _equal, _logic, _logic, _can),
    "list": (_list, _list, _for_list, _for_list, _splat),
    "object": (_object, _object, _object, _for_object, _for_object),
}
