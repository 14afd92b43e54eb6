"""Python values become HCL literals that Terraform reads back as the same values."""

from __future__ import annotations

import json
import os
import subprocess
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iamgen.hcl import Comment, Expression, call, element, label, literal, reference, template
from iamgen.layout import layout
from needs import need

LITERALS = [
    ("plain", '"plain"'),
    ('a "quote"', r'"a \"quote\""'),
    ("back\\slash", r'"back\\slash"'),
    ("two\nlines\r\tend", r'"two\nlines\r\tend"'),
    ("${aws:username}", '"$${aws:username}"'),
    ("%{ if true }", '"%%{ if true }"'),
    ("open ${", '"open \\u0024{"'),
    ('%{"x"}', '"\\u0025{\\"x\\"}"'),
    ("$${x}", '"\\u0024$${x}"'),
    ("100% of $5", '"100% of $5"'),
    ("Grüße", '"Grüße"'),
    ("nul\0, a\u0301, \u2028, \U0001f600", '"nul\\u0000, a\\u0301, \\u2028, \\U0001f600"'),
    (True, "true"),
    (False, "false"),
    (None, "null"),
    (3600, "3600"),
    (1.5, "1.5"),
    ([], "[]"),
    ({}, "{}"),
    (["a", 1], '["a", 1]'),
    ({"key": ["x"]}, '{\n"key" = ["x"]\n}'),
    (["x" * 40, "y" * 40], f'[\n"{"x" * 40}",\n"{"y" * 40}",\n]'),
    (Expression("var.x"), "var.x"),
    (Comment("a\nb */ \0 c"), "# a b */ c"),
]


@pytest.mark.parametrize(("value", "text"), LITERALS)
def test_literal(value: object, text: str) -> None:
    assert literal(value) == text


@pytest.mark.parametrize("value", [object(), b"bytes", {1, 2}])
def test_what_is_no_value_is_refused(value: object) -> None:
    with pytest.raises(TypeError, match="cannot be written as HCL"):
        literal(value)


def test_references_calls_and_templates() -> None:
    role = reference("aws_iam_role", "OpsSudo", "arn")
    assert role.text == "aws_iam_role.OpsSudo.arn"
    assert reference("aws_iam_group", "this", 0).text == "aws_iam_group.this[0]"
    assert element(reference("aws_iam_user", "this"), 'a"${b}').text == 'aws_iam_user.this["a\\"$${b}"]'
    assert template("arn:", reference("local", "partition"), ":user/${aws:username}").text == (
        '"arn:${local.partition}:user/$${aws:username}"'
    )
    assert template("a$", reference("local", "x"), "%").text == '"a\\u0024${local.x}\\u0025"'
    assert call("jsonencode", ["a"]).text == 'jsonencode(["a"])'


@pytest.mark.parametrize("part", ["", "a b", 'x"]', "a.b", "1a", "${x}"])
def test_a_reference_holds_only_identifiers(part: str) -> None:
    with pytest.raises(ValueError, match="no Terraform identifier"):
        reference("local", part)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("OpsSudo", "OpsSudo"),
        ("ops-team_1", "ops-team_1"),
        ("a.b", "a--2eb"),
        ("a--b", "a--2d--2db"),
        ("1st", "_--31st"),
        ("_x", "_--5fx"),
        ("+", "_--2b"),
    ],
)
def test_label(name: str, expected: str) -> None:
    assert label(name) == expected


NAMES = st.text("AZaz09+=,.@_-", min_size=1, max_size=6)


@given(NAMES, NAMES)
def test_no_two_names_share_a_label(one: str, other: str) -> None:
    assert (label(one) == label(other)) == (one == other)
    assert reference("x", label(one)).text == f"x.{label(one)}"


TEXTS = [
    *(value for value, _ in LITERALS if isinstance(value, str) and unicodedata.is_normalized("NFC", value)),
    "$", "%", "$$", "$${", "$$${x}", "%%{x}", "%%%{x}", "$%{x}", "%${x}", "${", "%{", "$\\{", "\\${x}", "${${x}}",
    "<<EOT\nx\nEOT", "#", "//", "/*", '"', '\\"', "\U0001f600", "\x7f", "\u00a0", "\ufeff", "漢字", "}",
]  # fmt: skip


def test_terraform_reads_every_literal_back(tmp_path: Path) -> None:
    """Only values that Unicode's normal form leaves alone: HCL normalizes, as its specification says."""
    values = [*TEXTS, [True, None, 7, 1.25], {"a ${b}": {"%{c}": TEXTS}}]
    outputs = "\n".join(f"output {literal(f'o{i}')} {{\nvalue = {literal(v)}\n}}\n" for i, v in enumerate(values))
    (tmp_path / "main.tf").write_text(layout(outputs), encoding="utf-8")
    terraform = need("terraform")
    done = _run(tmp_path, terraform, "apply", "-auto-approve", "-input=false", "-no-color")
    assert done.returncode == 0, done.stderr
    read = json.loads(_run(tmp_path, terraform, "output", "-json").stdout)
    assert [read[f"o{i}"]["value"] for i in range(len(values))] == values


def _run(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    env = os.environ | {"CHECKPOINT_DISABLE": "1"}
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False, timeout=120)
