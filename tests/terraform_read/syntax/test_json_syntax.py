"""`.tf.json` gives the blocks and bodies that the same configuration in native syntax gives."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from iamgen_rules.terraform.evaluate import evaluate
from iamgen_rules.terraform.hcl import parse_body, parse_expression
from iamgen_rules.terraform.json_syntax import blocks_of, index_json, reference
from iamgen_rules.terraform.json_syntax import parse_body as parse_json_body
from iamgen_rules.terraform.syntax import Body, Extent, Name, Template, TupleOf
from iamgen_rules.terraform.syntax_error import HclSyntaxError
from needs import need
from terraform_read.surroundings import Surroundings

from .shapes import shape


def _body(value: Any) -> Body:
    text = json.dumps(value)
    return parse_json_body(text, _whole(text))


def _whole(text: str) -> Extent:
    return Extent(0, len(text))


@pytest.mark.parametrize(
    ("value", "native"),
    [
        ("a", '"a"'),
        ("", '""'),
        ("${a.b}", '"${a.b}"'),
        ("a ${b} c", '"a ${b} c"'),
        ("$${a} %%{b}", '"$${a} %%{b}"'),
        ("%{ if a }b%{ endif }", '"%{ if a }b%{ endif }"'),
        ('${f("a", "b\nc")}'.replace("\n", ""), '"${f("a", "bc")}"'),
        ('a"\n\\', r'"a\"\n\\"'),
        ("e\u0301 \U0001f600", '"\u00e9 \U0001f600"'),
        (True, "true"),
        (None, "null"),
        (12, "12"),
        (-1.5, "-1.5"),
        ([1, ["a"]], '[1, ["a"]]'),
        ({"a": 1, "${b}": {}}, '{ "a" = 1, "${b}" = {} }'),
    ],
)
def test_a_value_means_what_it_means_in_native_syntax(value: Any, native: str) -> None:
    assert shape(_body({"x": value}).arguments["x"].value) == shape(parse_expression(native))


def test_positions_are_those_of_the_file() -> None:
    text = '{"x": "\\u0061\\n\\"${ b }"}'
    value = parse_json_body(text, _whole(text)).arguments["x"].value
    assert shape(value) == "<'a\\n\"' b>"
    assert isinstance(value, Template)
    assert text[value.extent.start : value.extent.end] == text[6:-1]
    inner = value.parts[1]
    assert isinstance(inner, Name)
    assert text[inner.extent.start : inner.extent.end] == "b"


_FILE = """{
  "//": "for people",
  "resource": {
    "aws_iam_user": {"a": {"name": "x"}, "b": [{"name": "y"}, {"name": "z"}]},
    "aws_iam_group": [{"c": {}}, {"//": 1, "d": {}}]
  },
  "locals": [{"e": 1}, {"f": 2}],
  "provider": {"aws": [{"region": "r"}, {"alias": "g"}]},
  "variable": {"h": {}},
  "resource": {"aws_iam_role": {"i": {}}},
  "terraform": null
}
"""


def test_the_blocks_of_a_file() -> None:
    found = index_json(_FILE)
    assert found.problems == ()
    assert [(block.type, *block.labels) for block in found.blocks] == [
        ("resource", "aws_iam_user", "a"),
        ("resource", "aws_iam_user", "b"),
        ("resource", "aws_iam_user", "b"),
        ("resource", "aws_iam_group", "c"),
        ("resource", "aws_iam_group", "d"),
        ("locals",),
        ("locals",),
        ("provider", "aws"),
        ("provider", "aws"),
        ("variable", "h"),
        ("resource", "aws_iam_role", "i"),
    ]
    assert [block.line for block in found.blocks] == [4, 4, 4, 5, 5, 7, 7, 8, 8, 9, 10]
    bodies = [_FILE[block.body.start : block.body.end] for block in found.blocks]
    assert bodies[:4] == ['{"name": "x"}', '{"name": "y"}', '{"name": "z"}', "{}"]
    assert _FILE[found.blocks[0].extent.start :].startswith('"a": {')


@pytest.mark.parametrize(
    ("text", "message", "start"),
    [
        ("", "no end", 0),
        ("{", "no end", 1),
        ('{"a": 1,}', "a }", 8),
        ('{"a" 1}', "1 does not", 5),
        ('{"a": nul}', "no JSON", 6),
        ('{"a": 01}', "does not belong", 7),
        ('{"a": +1}', "no JSON", 6),
        ("{'a': 1}", "no JSON", 1),
        ('{"a": "\\x"}', "escape", 6),
        ('{"a": "b\nc"}', "no JSON", 6),
        ('{"a": [1 2]}', "does not belong", 9),
        ('{"a": [1}', "a }", 8),
        ('{"a": 1} 2', "behind the end", 9),
        ("[" * 1000, "nested", 200),
        ('{"locals": 1}', "an object", 11),
        ('{"resource": {"a": "b"}}', "an object", 19),
        ("1", "an object", 0),
    ],
)
def test_what_is_no_configuration_is_a_problem_with_its_place(text: str, message: str, start: int) -> None:
    found = index_json(text)
    assert found.blocks == ()
    assert [message in one.message for one in found.problems] == [True]
    assert found.problems[0].place.start == start


def test_a_template_that_is_wrong_costs_its_block() -> None:
    text = '{"locals": [{"a": "${"}, {"b": "c"}]}'
    first, second = index_json(text).blocks
    with pytest.raises(HclSyntaxError) as refusal:
        parse_json_body(text, first.body)
    assert text[refusal.value.place.start :].startswith("${")
    assert parse_json_body(text, second.body).arguments.keys() == {"b"}


@pytest.mark.parametrize(
    ("value", "labels", "expected"),
    [
        ({"a": 1}, 0, ["a"]),
        ([{"a": 1}, {"b": 1}], 0, ["a", "b"]),
        ([], 0, []),
        (None, 0, []),
        ("text", 0, []),
        ({"l": {"a": 1}, "m": [{"b": 1}, {"c": 1}]}, 1, ["l a", "m b", "m c"]),
        ([{"l": {"a": 1}}, {"//": {"b": 1}}], 1, ["l a"]),
    ],
)
def test_an_argument_is_blocks_for_who_asks_for_blocks(value: Any, labels: int, expected: list[str]) -> None:
    blocks = blocks_of(_body({"block": value}), "block", labels)
    assert [" ".join([*block.labels, *block.body.arguments]) for block in blocks] == expected
    assert all(block.body.json for block in blocks)


def test_what_is_named_twice_is_more_blocks_or_a_problem() -> None:
    text = '{"b": {"c": 1}, "a": 1, "b": [{"d": 1}], "a": 2}'
    body = parse_json_body(text, _whole(text))
    assert [list(block.body.arguments) for block in blocks_of(body, "b")] == [["c"], ["d"]]
    assert shape(body.arguments["a"].value) == "1"
    assert [text[extent.start : extent.end] for _, extent in body.problems] == ['"a": 2']


def test_blocks_of_native_bodies() -> None:
    body = parse_body("b {\n  c = 1\n}\na {}\nb {}\n")
    assert [list(block.body.arguments) for block in blocks_of(body, "b")] == [["c"], []]


def test_references_stand_in_strings() -> None:
    text = '{"depends_on": ["aws_iam_user.a", "module.b[0]"]}'
    value = parse_json_body(text, _whole(text)).arguments["depends_on"].value
    assert isinstance(value, TupleOf)
    first, second = (reference(element) for element in value.elements)
    assert (shape(first), shape(second)) == ("aws_iam_user.a", "module.b[0]")
    assert text[second.extent.start : second.extent.end] == "module.b[0]"
    assert reference(first) is first


_SAID = {
    "a": "a",
    "": "",
    "a ${1 + 1} b": "a 2 b",
    '${upper("x")}': "X",
    '${"x\\ny"}': "x\ny",
    "$${x} %%{y} $ % $$": "${x} %{y} $ % $$",
    "%{ if true }x%{ else }y%{ endif }": "x",
    'a\n  ${~ "b" ~}  \nc': "a\nbc",
    'a\r\nb\t"c" \\n': 'a\r\nb\t"c" \\n',
    "e\u0301 \U0001f600 \u2028": "\u00e9 \U0001f600 \u2028",
    "<<E\nx\nE\n": "<<E\nx\nE\n",
    "# a // b": "# a // b",
}  # fmt: skip


@pytest.mark.parametrize("text", _SAID)
def test_a_string_says(text: str) -> None:
    assert evaluate(_body({"x": text}).arguments["x"].value, Surroundings()).data == _SAID[text]


def test_terraform_says_the_same(tmp_path: Path) -> None:
    outputs = {"output": {f"o{number}": {"value": text} for number, text in enumerate(_SAID)}}
    (tmp_path / "main.tf.json").write_text(json.dumps(outputs), encoding="utf-8")
    for arguments in (["init", "-input=false"], ["plan", "-input=false", "-out=plan"]):
        subprocess.run([need("terraform"), *arguments], cwd=tmp_path, capture_output=True, check=True)
    shown = subprocess.run([need("terraform"), "show", "-json", "plan"], cwd=tmp_path, capture_output=True, check=True)
    values = json.loads(shown.stdout)["planned_values"]["outputs"]
    assert [values[f"o{number}"]["value"] for number in range(len(_SAID))] == list(_SAID.values())
