"""A roster's reasons as the linter's suppressions: whatever they say, they are read as they were written."""

from __future__ import annotations

import json

import pytest
from hypothesis import given

from iamgen.excused import UNATTACHED, told
from iamgen.hcl import Comment, literal
from iamgen.load import load
from iamgen.render import Options, render
from iamgen_rules.checks import rules
from iamgen_rules.engine.directives import Directive, directives
from strategies import reasons

READ = {
    "plain text": ("They have no device.", "They have no device."),
    "several lines": ("One.\nTwo.\r\n\tThree.", "One. Two. Three."),
    "a date that is none": ("until=2020-01-01 only", "until =2020-01-01 only"),
    "a date in the middle": ("Not until=x at all", "Not until =x at all"),
    "a suppression of its own": ("x\n# iamgen: ignore[IAM001] y", "x # iamgen: ignore[IAM001] y"),
    "the end of a comment": ("x */ y } ${z} EOF", "x */ y } ${z} EOF"),
    "500 characters": ("x" * 500, "x" * 500),
}


def read(text: str) -> list[Directive]:
    """The suppressions above a block."""
    found = list(directives({"main.tf": f"{text}\nresource {{\n}}\n"}, rules()))
    assert [one for one in found if not isinstance(one, Directive)] == []
    return [one for one in found if isinstance(one, Directive)]


def suppression(reason: str) -> str:
    return literal(Comment(told(("IAM002", "IAM015"), reason)))


@pytest.mark.parametrize("what", READ)
def test_a_reason_is_read_as_it_was_written(what: str) -> None:
    reason, shown = READ[what]
    assert [(one.code, one.reason, one.until) for one in read(suppression(reason))] == [
        ("IAM002", shown, None),
        ("IAM015", shown, None),
    ]


@given(reasons)
def test_any_reason_is_one_suppression_on_one_line(reason: str) -> None:
    text = suppression(reason)
    assert text.splitlines() == [text]
    assert {(one.code, one.until) for one in read(text)} == {("IAM002", None), ("IAM015", None)}


@given(reasons)
def test_where_nothing_is_found_a_reason_suppresses_nothing(reason: str) -> None:
    assert read(literal(Comment(told((), reason)))) == []


def test_a_policy_for_others_says_why_it_is_on_nobody() -> None:
    assert [one.code for one in read(literal(Comment(UNATTACHED)))] == ["IAM009"]


@pytest.mark.parametrize("source", [None, "./modules"])
def test_a_suppression_stands_on_the_block_that_it_is_for(source: str | None) -> None:
    group = {"name": "g", "policies": ["AdministratorAccess"], "reason": "Founders."}
    mfa = {"change_password_before_mfa": True, "reason": "First sign-ins."}
    loaded = load(json.dumps({"version": 1, "mfa": mfa, "groups": [group]}), "iamgen.yaml", str)
    lines = render(loaded, Options(module_source=source))["main.tf"].splitlines()
    heads = {line: lines[number + 1] for number, line in enumerate(lines) if "iamgen: ignore" in line}
    modules = {'module "mfa_policy" {', 'module "group_g" {'}
    alone = {
        'data "aws_iam_policy_document" "require_mfa" {',
        'resource "aws_iam_group_policy_attachment" "g_policies" {',
    }
    assert list(heads) == ["# iamgen: ignore[IAM006] First sign-ins.", "# iamgen: ignore[IAM011] Founders."]
    assert set(heads.values()) == (modules if source else alone)
