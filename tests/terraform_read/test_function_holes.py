"""What functions keep of texts with holes is true whatever fills the holes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from hypothesis import example, given
from hypothesis import strategies as st

from iamgen_rules.policy.text import Partial, Text, Unknown, parts_of, text_of
from iamgen_rules.terraform.evaluation_error import EvaluationError
from iamgen_rules.terraform.functions import functions
from iamgen_rules.terraform.types import NUMBER, STRING, list_of
from iamgen_rules.terraform.values import Value, string

from .surroundings import Surroundings

PIECES = st.text("ab/ \n.A", max_size=4)
SHORT = st.text("ab/ \n", max_size=2)
HOLES = st.sampled_from([Unknown("one"), Unknown("two")])
TEXTS = st.lists(st.one_of(PIECES, HOLES), max_size=4).map(lambda parts: text_of(*parts))
FILLINGS = st.fixed_dictionaries({"one": PIECES, "two": PIECES})


def filled(text: Text, fillings: dict[str, str]) -> str:
    return "".join(part if isinstance(part, str) else fillings[part.name] for part in parts_of(text))


def agree(kept: Value, known: Value) -> bool:
    if isinstance(kept.data, Unknown):
        return True
    if not isinstance(kept.data, Partial):
        return kept == known
    pattern = "".join("(?s:.*)" if isinstance(part, Unknown) else re.escape(part) for part in kept.data.parts)
    return isinstance(known.data, str) and re.fullmatch(pattern, known.data) is not None


def check(name: str, arguments: Sequence[Value], fillings: dict[str, str]) -> None:
    context = Surroundings().context
    kept = functions()[name].call(arguments, context)
    known = functions()[name].call([fill(one, fillings) for one in arguments], context)
    assert agree(kept, known), (name, kept, known)


def fill(value: Value, fillings: dict[str, str]) -> Value:
    if isinstance(value.data, tuple):
        return Value(value.type, tuple(fill(one, fillings) for one in value.data))
    if value.type == STRING and isinstance(value.data, str | Partial | Unknown):
        return string(filled(value.data, fillings))
    return value


@given(TEXTS, FILLINGS)
@example(Partial(("a ", Unknown("one"), " ", Unknown("two"))), {"one": "", "two": ""})
def test_of_one_text(text: Text, fillings: dict[str, str]) -> None:
    for name in ("chomp", "lower", "trimspace", "upper"):
        check(name, [string(text)], fillings)
    check("indent", [Value(NUMBER, 2), string(text)], fillings)


@given(TEXTS, SHORT, FILLINGS)
@example(Partial(("a", Unknown("one"), "b")), "ab", {"one": "", "two": ""})
def test_of_a_text_and_another(text: Text, other: str, fillings: dict[str, str]) -> None:
    for name in ("endswith", "startswith", "strcontains", "trim", "trimprefix", "trimsuffix"):
        check(name, [string(text), string(other)], fillings)


@given(TEXTS, SHORT, TEXTS, FILLINGS)
@example(Partial((Unknown("one"), "a", Unknown("two"))), "bab", "", {"one": "b", "two": "b"})
@example(Partial((Unknown("one"), "a")), "ba", "", {"one": "b", "two": ""})
@example(Partial(("b", Unknown("one"))), "ba", "", {"one": "a", "two": ""})
@example(Partial(("a", Unknown("one"), "b")), "", "-", {"one": "", "two": ""})
def test_replace(text: Text, sought: str, by: Text, fillings: dict[str, str]) -> None:
    if not sought.startswith("/") or not sought.endswith("/"):
        check("replace", [string(text), string(sought), string(by)], fillings)


@given(TEXTS, st.integers(-1, 6), FILLINGS)
def test_the_start_of_a_text(text: Text, length: int, fillings: dict[str, str]) -> None:
    check("substr", [string(text), Value(NUMBER, 0), Value(NUMBER, length)], fillings)


@given(TEXTS, TEXTS, FILLINGS)
def test_format(one: Text, other: Text, fillings: dict[str, str]) -> None:
    check("format", [string("<%s%%%v>"), string(one), string(other)], fillings)


@given(st.lists(TEXTS, max_size=3), TEXTS, FILLINGS)
def test_join(texts: list[Text], separator: Text, fillings: dict[str, str]) -> None:
    check("join", [string(separator), Value(list_of(STRING), tuple(map(string, texts)))], fillings)


@given(st.lists(PIECES, max_size=2), st.lists(PIECES, max_size=2), st.lists(PIECES, max_size=2))
def test_join_of_lists_of_which_one_is_unknown(first: list[str], middle: list[str], last: list[str]) -> None:
    def values(middle_value: Value) -> list[Value]:
        known = [Value(list_of(STRING), tuple(map(string, texts))) for texts in (first, last)]
        return [string(", "), known[0], middle_value, known[1]]

    context = Surroundings().context
    kept = functions()["join"].call(values(Value(list_of(STRING), Unknown("list"))), context)
    known = functions()["join"].call(values(Value(list_of(STRING), tuple(map(string, middle)))), context)
    assert agree(kept, known)


@given(TEXTS, TEXTS, FILLINGS)
@example(Partial((Unknown("one"), Unknown("two"))), "a", {"one": "", "two": ""})
def test_coalesce(one: Text, other: Text, fillings: dict[str, str]) -> None:
    try:
        check("coalesce", [string(one), string(other)], fillings)
    except EvaluationError:
        assert not filled(one, fillings) + filled(other, fillings)
