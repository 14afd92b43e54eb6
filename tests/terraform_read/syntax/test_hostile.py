"""Texts that are made to hurt: twice the text is twice the work, and no depth ends the program."""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest

from iamgen_rules.terraform.hcl import parse_body, parse_expression, parse_template
from iamgen_rules.terraform.index import index
from iamgen_rules.terraform.json_syntax import index_json
from iamgen_rules.terraform.native.cursor import MAX_DEPTH
from iamgen_rules.terraform.native.layout import layout
from iamgen_rules.terraform.native.template_tree import MAX_DIRECTIVES
from iamgen_rules.terraform.syntax_error import HclSyntaxError

_REPEATED = {
    "a string": ('a {\n x = "', "a", '"\n}\n'),
    "escapes": ('a {\n x = "', "\\n", '"\n}\n'),
    "dollars": ('a {\n x = "', "$", '"\n}\n'),
    "interpolations": ('a {\n x = "', "${a}", '"\n}\n'),
    "strings in templates": ('a {\n x = "', '${"a"}', '"\n}\n'),
    "templates that are not closed": ("a {\n x = ", '"${', ""),
    "braces that are not closed": ("a {\n x = ", "{", ""),
    "brackets that are not closed": ("a {\n x = ", "[", ""),
    "braces too many": ("", "}\n", ""),
    "blocks that are not closed": ("", 'resource "a" "b" {\n', ""),
    "blocks with strings that are not closed": ("", 'resource "a" "b" {\n"\n', ""),
    "heredocs that are not closed": ("", 'resource "a" "b" {\nx = <<E\n}\n', ""),
    "heredocs in heredocs": ("a {\n x = ", "<<E\n${", ""),
    "comments that are not closed": ("", "a {/*", ""),
    "comment lines": ("", "#\n", ""),
    "white space": ("a {\n x = ", " ", "1\n}\n"),
    "signs": ("a {\n x = ", "-", "1\n}\n"),
    "sums": ("a {\n x = 1", " + 1", "\n}\n"),
    "steps": ("a {\n x = a", ".b", "\n}\n"),
    "dots and spaces": ("a {\n x = a", ". ", "\n}\n"),
    "splats": ("a {\n x = a", "[*]", "\n}\n"),
    "elements": ("a {\n x = [", "1,", "]\n}\n"),
    "members": ("a {\n x = {", "a=1,", "}\n}\n"),
    "arguments": ("a {\n", "x = 1\n", "}\n"),
    "blocks": ("", "a {\n}\n", ""),
    "inner blocks": ("a {\n", "b {\n}\n", "}\n"),
    "labels": ("a ", "b ", "{}\n"),
    "labels of no block": ("a", '"b"', "\n"),
    "a word": ("", "a", ""),
    "a word of another script": ("", "é", ""),
    "lines of a heredoc": ("a {\n x = <<E\n", "ab\n", "E\n}\n"),
    "templates in a heredoc": ("a {\n x = <<E\n", '${"a"}\n', "E\n}\n"),
    "templates in a heredoc without its end": ("a {\n x = <<E\n", '${"a"}\n', ""),
    "markers that end nothing": ("a {\n x = <<E\n", " E x\n", "E\n}\n"),
    "directives": ('a {\n x = "', "%{if a}", '"\n}\n'),
    "directives with their ends": ('a {\n x = "', "%{if a}x%{endif}", '"\n}\n'),
    "conditions": ("a {\n x = ", "a ? b : ", "c\n}\n"),
    "namespaces": ("a {\n x = a", "::a", "(1)\n}\n"),
    "digits": ("a {\n x = ", "1", "\n}\n"),
    "digits and dots": ("a {\n x = ", "1.", "\n}\n"),
    "carriage returns": ("", "\r", ""),
    "zeros": ("", "\0", ""),
}


def _work(text: str) -> int:
    """The calls, in Python and out of it, that reading a text in every way takes: the same at every run."""
    calls = 0

    def count(_frame: object, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    readers: tuple[Callable[[str], object], ...] = (
        index,
        parse_body,
        parse_expression,
        parse_template,
        index_json,
        layout,
    )
    sys.setprofile(count)
    try:
        for read in readers:
            try:
                read(text)
            except HclSyntaxError:
                continue
    finally:
        sys.setprofile(None)
    return calls


@pytest.mark.parametrize("name", _REPEATED)
def test_twice_the_text_is_twice_the_work(name: str) -> None:
    before, middle, behind = _REPEATED[name]
    parse_expression("1")  # loads the parser
    once, twice = (_work(before + middle * number + behind) for number in (150, 300))
    assert twice < 2.2 * once + 200


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000 + "]" * 100_000,
        "{a=" * 100_000 + "1" + "}" * 100_000,
        "(" * 100_000 + "1" + ")" * 100_000,
        '"${' * 100_000 + "1" + '}"' * 100_000,
        "-" * 100_000 + "1",
        "1" + " + 1" * 100_000,
        "a" + ".b" * 100_000,
        "a" + "[0]" * 100_000,
        "a" + "[*]" * 100_000,
        "a ? b : " * 100_000 + "c",
        "f(" * 100_000 + ")" * 100_000,
        "[for a in " * 100_000,
        "<<E\n${" * 100_000,
    ],
)
def test_depth_is_bounded_with_its_place(text: str) -> None:
    with pytest.raises(HclSyntaxError, match=f"more than {MAX_DEPTH} levels") as refusal:
        parse_expression(text)
    assert refusal.value.place.start < len(text)


def test_blocks_and_directives_are_bounded_too() -> None:
    with pytest.raises(HclSyntaxError, match=f"more than {MAX_DEPTH} levels"):
        parse_body("a {\n" * 10_000 + "}\n" * 10_000)
    with pytest.raises(HclSyntaxError, match=f"more than {MAX_DIRECTIVES} deep"):
        parse_template("%{ if a }" * 100 + "%{ endif }" * 100)


def test_what_lies_side_by_side_is_not_deep() -> None:
    parse_expression("[" + "a.b.c[0] + -1, " * 1000 + "]")
    parse_expression(" + ".join(["a.b.c[0].d"] * 100))
    parse_expression('"' + "${a.b}" * 1000 + '"')
    parse_template("%{ if a }b%{ endif }" * 1000)


def test_up_to_the_bound_no_recursion_goes_too_deep() -> None:
    for opener, closer in (("[", "]"), ("{a = ", "}"), ("f(", ")"), ("-", ""), ("1 + ", "")):
        depth = MAX_DEPTH - 5
        parse_expression(opener * depth + "1" + closer * depth)
    for opener, closer in (('"${', '}"'), ("a[", "]")):  # two levels each
        depth = MAX_DEPTH // 2 - 5
        parse_expression(opener * depth + "1" + closer * depth)
    assert index_json('{"locals": {"a": ' + "[" * 190 + "]" * 190 + "}}").problems == ()


def test_a_line_of_many_megabytes() -> None:
    text = 'resource "a" "b" {\n  c = "' + "x" * 20_000_000 + '"\n}\nresource "a" "d" {}\n'
    assert [block.labels for block in index(text).blocks] == [("a", "b"), ("a", "d")]
    assert parse_body(text).blocks[0].body.arguments["c"].extent.end > 20_000_000
