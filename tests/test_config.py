"""YAML text → data with places: what is kept, where it stands, what is refused."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from iamgen import config, yaml_events
from iamgen.tree import Path, Tree, address
from iamgen.yaml_events import DEEPEST, MOST_CHARACTERS, MOST_PROBLEMS
from iamgen_rules.errors import InputError


@pytest.fixture(params=["libyaml", "Python"], autouse=True)
def _parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every test runs with both of PyYAML's parsers."""
    if request.param == "Python":
        monkeypatch.delattr(yaml, "CSafeLoader", raising=False)


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("a: on", {"a": "on"}),
        ("a: 012345678901", {"a": "012345678901"}),
        ("a: true\nb: null\nc: ~", {"a": "true", "b": "null", "c": "~"}),
        ("a: 1e3\nb: 0x1F\nc: .inf", {"a": "1e3", "b": "0x1F", "c": ".inf"}),
        ("on: off\n1: 2", {"on": "off", "1": "2"}),
        ("a:\nb: ''\nc: \"\"", {"a": None, "b": "", "c": ""}),
        ("a:\n  - x\n  -\n  - [y, z]\n", {"a": ["x", None, ["y", "z"]]}),
        ("a: >\n  one\n  two\n", {"a": "one two\n"}),
        ("%YAML 1.1\n---\na: b\n...\n", {"a": "b"}),
        ("\ufeffa: b", {"a": "b"}),
        ('"<<": x', {"<<": "x"}),
        ("a: été 😀", {"a": "été 😀"}),
        ("a: b\r\nc: d\r\n", {"a": "b", "c": "d"}),
    ],
)
def test_scalars_keep_their_text(text: str, data: dict[str, Any]) -> None:
    assert config.read(text, "f").data == data


SAMPLE = """\
# comment
mfa:
  name: 'require-mfa'   # comment
groups:
  - name: ops
    policies: [ReadOnlyAccess, {name: é😀, document: x.json}]

  - name: "auditors"
tags: {"a b": c}
empty:
"""


@pytest.mark.parametrize(
    ("path", "key", "value", "line", "column"),
    [
        (("mfa",), "mfa", "name: 'require-mfa'   # comment", 3, 3),
        (("mfa", "name"), "name", "'require-mfa'", 3, 9),
        (("groups", 0), None, "name: ops\n    policies: [ReadOnlyAccess, {name: é😀, document: x.json}]", 5, 5),
        (("groups", 0, "policies", 1, "name"), "name", "é😀", 6, 39),
        (("groups", 0, "policies", 1, "document"), "document", "x.json", 6, 53),
        (("groups", 1, "name"), "name", '"auditors"', 8, 11),
        (("tags", "a b"), '"a b"', "c", 9, 15),
        (("empty",), "empty", "", 10, 7),
    ],
)
def test_every_key_and_value_has_a_place(path: Path, key: str | None, value: str, line: int, column: int) -> None:
    tree = config.read(SAMPLE, "f")
    key_span, span = tree.key_span(path), tree.value_span(path)
    assert (key_span and SAMPLE[key_span.start : key_span.end]) == key
    assert span is not None
    assert SAMPLE[span.start : span.end] == value
    assert (span.line, span.column) == (line, column)
    assert span.end_line == line + value.count("\n")


@pytest.mark.parametrize(
    ("path", "place"),
    [
        (("mfa", "name"), "f:3:9"),
        (("mfa", "path"), "f:2:1"),  # missing: at what should hold it
        (("groups", 1, "path"), "f:8:5"),
        (("empty",), "f:10:1"),  # empty: at its key
    ],
)
def test_a_place_is_always_found(path: Path, place: str) -> None:
    assert str(config.read(SAMPLE, "f").place(path)) == place


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ((), ""),
        (("groups", 0, "name"), "groups[0].name"),
        (("tags", "a b"), "tags['a b']"),
        (("tags", "\x1b[31m"), r"tags['\x1b[31m']"),
    ],
)
def test_an_address_reads_like_code(path: Path, shown: str) -> None:
    assert address(path) == shown


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("", "f:1:1: the file is empty: begin with `version: 1`"),
        ("- a\n", "f:1:1: the file is a list, not a mapping: begin with `version: 1`"),
        ("require-mfa\n", "f:1:1: the file is text, not a mapping: begin with `version: 1`"),
        ("a:\n\tb: c\n", "f:2:1: not YAML: indent with spaces, not tabs"),
        ("a: 'x\n", "f:1:4: not YAML: a quote or bracket that begins here is never closed"),
        (
            "a: x\n  b: y\n",
            "f:2:4: not YAML: put a value that holds a colon and a space in quotes, or check the indentation",
        ),
        ("a:\n  - b\n c: d\n", "f:3:2: not YAML: check the indentation, or put the value above in quotes"),
        ("a: {{ b }}\n", "f:1:5: a key has to be text; a value that begins with { [ or * needs quotes"),
        ("? [a]\n: b\n", "f:1:3: a key has to be text; a value that begins with { [ or * needs quotes"),
        ("a: *x", "f:1:4: a: anchors and aliases are not read: write the value out"),
        ("a: &x 1\nb: 2", "f:1:4: a: anchors and aliases are not read: write the value out"),
        ("a: !!int 1", "f:1:4: a: the tag '!!int' is not read: take it out"),
        ("a: {<<: {b: c}}", "f:1:5: a: merge keys are not read: write the values out"),
        ("a:\n  b: c\n  b: d", "f:3:3: a.b: stands here a second time, first on line 2: keep one of them"),
        ("a: b\n---\nc: d", "f:2:1: a second document begins here: write one"),
        ("a: `x\u2028`", "f:1:6: unreadable character U+2028: take it out"),
        ("a: `x`", "f:1:4: not YAML: put the value in quotes"),
        ("a: x\x07", "f:1:5: unreadable character U+0007: take it out"),
        ("a: \ud800", "f:1:4: unreadable character U+D800: take it out"),
        ('a: "\\0"', "f:1:4: a: unreadable character U+0000: take it out"),
        ('a: {"\\e[0m": b}', "f:1:5: a: unreadable character U+001B: take it out"),
        ("a: " + "[" * (DEEPEST + 1), f"f:1:{DEEPEST + 3}: nested more than {DEEPEST} deep: write it flatter"),
    ],
)
def test_what_could_be_misread_is_refused(text: str, error: str) -> None:
    with pytest.raises(InputError) as caught:
        config.read(text, "f")
    assert str(caught.value) == error


def test_problems_before_a_syntax_error_are_told_too() -> None:
    with pytest.raises(InputError) as caught:
        config.read("a: &x b\nc: d\nc: e\nf: 'g", "f")
    assert [problem.place.span and problem.place.span.line for problem in caught.value.problems] == [1, 3, 4]


def test_a_bomb_is_not_built() -> None:
    lines = ["a0: &a0 [x, x]", *(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 30))]
    with pytest.raises(InputError) as caught:
        config.read("\n".join(lines), "f")
    assert len(caught.value.problems) == 30 + 2 * 29
    assert {problem.message for problem in caught.value.problems} == {
        "anchors and aliases are not read: write the value out"
    }


@pytest.mark.parametrize(
    ("text", "error"),
    [
        (
            "a: " + "x" * 100_000_000,
            f"f:1:1: the file has 100,000,003 characters; at most {MOST_CHARACTERS:,} are read",
        ),
        ("a:\n" + "- &x y\n" * 1000, f"f:101:3: {MOST_PROBLEMS} errors: reading stops here"),
    ],
)
def test_what_is_too_much_is_refused_at_once(text: str, error: str) -> None:
    with pytest.raises(InputError) as caught:
        config.read(text, "f")
    assert str(caught.value.problems[-1]) == error


def test_more_values_than_anybody_writes_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml_events, "MOST_VALUES", 100)
    config.read("a:\n" + "  - b\n" * 97, "f")  # with the mapping, its key and the list
    with pytest.raises(InputError, match=r"^f:99:5: more than 100 keys and values: write less$"):
        config.read("a:\n" + "  - b\n" * 98, "f")


def test_reading_goes_on_after_problems_and_keeps_the_rest() -> None:
    tree = config.parse("a: &x b\nc: *x\nd: {<<: *x, e: f}\nd: g\n", "f")
    assert tree.data == {"a": "b", "c": None, "d": {"e": "f"}}
    assert [path for path, _ in tree.problems] == [("a",), ("c",), ("d",), ("d",)]
    assert tree.holes == {("c",)}


_PIECES = st.sampled_from(
    [
        *"abc:-?[]{},&*!|>'\"%@`#~ \n\t\r",
        "\n  ",
        "\n- ",
        ": ",
        "<<",
        "---\n",
        "a: ",
        "\\x1b",
        "\\U00110000",
        "é",
        "\x85",
    ]
)
_TEXT = st.one_of(st.text(), st.lists(_PIECES, max_size=40).map("".join))


@given(_TEXT)
def test_any_text_is_read_as_yaml_reads_it_or_refused(text: str) -> None:
    try:
        tree = config.read(text, "f")
    except InputError as error:
        for problem in error.problems:
            assert problem.place.span is not None
            assert str(problem).isprintable()
        return
    # PyYAML's own way from events to objects, which makes nothing but text of scalars.
    loader = yaml.CBaseLoader if hasattr(yaml, "CSafeLoader") else yaml.BaseLoader
    assert _no_none(tree.data) == yaml.load(tree.text, loader)  # noqa: S506 - nothing but text
    assert set(_paths(tree.data, ())) == set(tree.values)
    _check_nesting(tree)


def _no_none(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _no_none(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_no_none(one) for one in value]
    return "" if value is None else value


def _paths(value: Any, path: Path) -> Iterator[Path]:
    yield path
    steps: list[tuple[str | int, Any]] = []
    if isinstance(value, dict):
        steps = list(value.items())
    elif isinstance(value, list):
        steps = list(enumerate(value))
    for step, one in steps:
        yield from _paths(one, (*path, step))


def _check_nesting(tree: Tree) -> None:
    for path, (start, end) in tree.values.items():
        outer_start, outer_end = tree.values[path[:-1]]
        assert outer_start <= start <= end <= outer_end
