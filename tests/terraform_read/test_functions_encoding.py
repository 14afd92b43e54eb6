"""Functions of encodings, files, dates and hashes where Terraform gives no answer to compare with: bounds, names."""

from __future__ import annotations

import json

import pytest

from iamgen_rules.policy.text import Partial, Unknown, UnknownJson
from iamgen_rules.source import Place
from iamgen_rules.terraform.evaluation_error import EvaluationError
from iamgen_rules.terraform.limits import Budget
from iamgen_rules.terraform.types import NUMBER, STRING, list_of, object_of, set_of
from iamgen_rules.terraform.values import Value, string, unknown

from .surroundings import FILES, Surroundings, value_of

PIECES = {
    "text": string(Partial(("a<", Unknown("var.x"), "é"))),
    "number": unknown(NUMBER, "var.n"),
    "list": unknown(list_of(STRING), "var.l"),
    "open": Value(object_of({"a": STRING}, called="aws_iam_user.u"), {"a": string("b")}),
}


def known(text: str) -> object:
    return value_of(text, Surroundings(PIECES)).data


# Unknown by name


@pytest.mark.parametrize(("text", "name"), [
    ("timestamp()", "timestamp()"),
    ("plantimestamp()", "plantimestamp()"),
    ("uuid()", "uuid()"),
    ('bcrypt("a")', "bcrypt()"),
    ('rsadecrypt("a", "b")', "rsadecrypt()"),
    ('base64gzip("a")', "base64gzip()"),
    ('pathexpand("~/x")', 'pathexpand("~/x")'),
    ('textencodebase64("a", "Shift_JIS")', "textencodebase64 in Shift_JIS"),
    ('textdecodebase64("YQ==", "Shift_JIS")', "textdecodebase64 in Shift_JIS"),
    ('cidrsubnet("10.0.0.0/8", 8, -1)', "a subnet of 10.0.0.0/8"),
    ('cidrsubnet("10.0.0.0/8", -1, 0)', "a subnet of 10.0.0.0/8"),
    ('cidrhost("::ffff:1.2.3.0/120", 1)', "a subnet of ::ffff:1.2.3.0/120"),
    ('cidrnetmask("::ffff:1.2.3.0/120")', "a subnet of ::ffff:1.2.3.0/120"),
    ('cidrsubnets("::ffff:1.2.3.0/120", 1)', "subnets of ::ffff:1.2.3.0/120"),
    ('yamldecode("[.inf]")[0]', ".inf in YAML"),
    ("sha256(local.text)", "var.x"),
    ("yamlencode([local.number])", "var.n"),
    ('templatefile("plain.txt", local.list)', "var.l"),
])  # fmt: skip
def test_what_cannot_be_known_has_a_name(text: str, name: str) -> None:
    assert known(text) == Unknown(name)


# JSON with holes


@pytest.mark.parametrize(("text", "expected"), [
    ("jsonencode(local.list)", UnknownJson("var.l")),
    ("jsonencode([local.number, 1])", Partial(("[", UnknownJson("var.n"), ",1]"))),
    ("jsonencode({a = local.text})", Partial(('{"a":"a\\u003c', Unknown("var.x"), 'é"}'))),
    ("jsonencode({a = local.open})", Partial(('{"a":', UnknownJson("aws_iam_user.u"), "}"))),
    ('"{\\"a\\": ${jsonencode(local.list)}}"', Partial(('{"a": ', UnknownJson("var.l"), "}"))),
    ('jsondecode("{\\"a\\": ${jsonencode(local.list)}}").a', Unknown("var.l")),
    ("jsondecode(jsonencode({a = local.text, b = 1})).b", 1),
    ("jsondecode(jsonencode({a = local.text, b = 1})).a", PIECES["text"].data),
    ("jsondecode(jsonencode({a = local.text, b = 1.5})).b", Unknown("var.x")),
    ('jsondecode("{\\"a\\": ${local.number}}")', Unknown("var.n")),
    ('jsondecode("{\\"${local.number}\\": 1}")', Unknown("var.n")),
])  # fmt: skip
def test_what_is_known_of_a_value_is_known_of_its_json(text: str, expected: object) -> None:
    assert known(text) == expected
    assert type(known(text)) is type(expected)


def test_a_set_sorts_what_is_unknown_in_it() -> None:
    values = {"set": Value(set_of(STRING), (string("b"), unknown(STRING, "var.x")))}
    assert value_of("jsonencode([local.set])", Surroundings(values)).data == Partial(("[", UnknownJson("var.x"), "]"))


def test_two_values_of_one_key_in_several_types_are_no_value() -> None:
    with pytest.raises(EvaluationError, match="several types") as caught:
        value_of('jsondecode("{\\"a\\": 1, \\"a\\": \\"x\\"}")')
    assert caught.value.lasting


# Places


@pytest.mark.parametrize(("path", "expected"), [
    ((), (2, 1, 9)),
    (("Statement",), (3, 16, 8)),
    (("Statement", 0), (4, 5, 7)),
    (("Statement", 0, "Action"), (6, 17, 6)),
    (("Statement", 0, "Action", 0), (6, 17, 6)),
    (("Statement", 0, "Action", 1), (6, 17, 6)),
    (("Statement", 0, "Condition", "Bool"), (4, 5, 7)),
    (("Statement", 1), (3, 16, 8)),
])  # fmt: skip
def test_a_policy_in_a_file_leads_back_to_its_lines(path: tuple[str | int, ...], expected: tuple[int, ...]) -> None:
    found = value_of('file("policies/lines.json")')
    place = found.origin.place(path) if found.origin else None
    assert place
    assert place.document == str(FILES / "policies/lines.json")
    assert place.span
    assert (place.span.line, place.span.column, place.span.end_line) == expected
    text = str(found.data)
    assert json.loads(text[place.span.start : place.span.end])


def test_a_file_that_is_no_json_is_a_place_as_a_whole() -> None:
    found = value_of('file("plain.txt")')
    assert found.origin
    assert found.origin.place(("Statement", 0)) == Place(str(FILES / "plain.txt"))


# Bounds


def refused(text: str, meter: Budget | None = None) -> EvaluationError:
    with pytest.raises(EvaluationError) as caught:
        value_of(text, Surroundings(PIECES, meter or Budget()))
    assert caught.value.lasting
    return caught.value


@pytest.mark.parametrize(("text", "message"), [
    ('jsondecode(join("", [for i in range(300) : "["]))', "JSON"),
    ('jsondecode("${join("", [for i in range(300) : "["])}${join("", [for i in range(300) : "]"])}")', "deep"),
    ('jsondecode(join("", [for i in range(1000) : "1111111111111111"]))', "too large"),
    ('yamldecode("${join("", [for i in range(300) : "["])}")', "deep"),
    ('yamldecode("1${join("", [for i in range(1000) : "0000000000000000"])}")', "too large"),
    ('yamldecode("1e999999")', "too large"),
])  # fmt: skip
def test_depth_and_length_are_bounded(text: str, message: str) -> None:
    with pytest.raises(EvaluationError, match=message):
        value_of(text)


def test_aliases_of_aliases_do_not_grow_without_end() -> None:
    lines = ["- &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1]"]
    lines += [f"- &a{n} [{', '.join(9 * [f'*a{n - 1}'])}]" for n in range(1, 12)]
    surroundings = Surroundings({"text": string("\n".join(lines))})
    with pytest.raises(EvaluationError, match="more than 100,000 elements"):
        value_of("yamldecode(local.text)", surroundings)


def test_rows_and_members_are_counted() -> None:
    assert "more than 5 elements" in refused('csvdecode("a\\n1\\n2\\n3\\n4\\n5\\n6")', Budget(most_elements=5)).message
    assert "more than 5 elements" in refused('jsondecode("[1,2,3,4,5,6]")', Budget(most_elements=5)).message
    assert "more than 5 elements" in refused('yamldecode("[1,2,3,4,5,6]")', Budget(most_elements=5)).message
    assert "more than 5 characters" in refused('file("templates/list.tpl")', Budget(most_characters=5)).message
    assert "steps" in refused('yamldecode("[1,2,3,4,5,6]")', Budget(most_steps=60)).message
