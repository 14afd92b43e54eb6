"""Single questions: may each session make this call, reasoned by hand; and what is said of it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from iamgen_rules.errors import UsageError
from iamgen_rules.why.answer import Reply
from iamgen_rules.why.question import check
from why.made import answered, replies

CASES: list[Mapping[str, Any]] = json.loads((Path(__file__).parent / "questions.json").read_text(encoding="utf-8"))
REGION = {"StringEquals": {"aws:RequestedRegion": "eu-west-1"}}


def questions() -> Iterator[Any]:
    """Each question of each case."""
    for case in CASES:
        for asked, expected in case["asked"].items():
            yield pytest.param(case, *asked.partition(" on ")[::2], expected, id=f"{case['name']}: {asked}")


@pytest.mark.parametrize(("case", "action", "resource", "expected"), [*questions()])
def test_an_answer_in_every_session(case: Mapping[str, Any], action: str, resource: str, expected: str) -> None:
    assert replies(answered(case, action, resource or None)) == expected


def first(raw: Mapping[str, Any], action: str, resource: str | None = None) -> Reply:
    """The answer in the first session."""
    question = answered({**raw, "whom": "user alice"}, action, resource).question
    assert question is not None
    return question.replies[0]


def test_keys_that_the_caller_chooses_are_named() -> None:
    found = first(
        {"users": {"alice": {"inline": {"a": [{"allow": "ec2:*", "Condition": REGION}]}}}}, "ec2:RunInstances"
    )
    assert (found.allowed.is_yes, found.chosen) == (True, ("where aws:RequestedRegion is eu-west-1",))


def test_what_is_denied_names_the_statements_that_would_allow_it_and_why_they_do_not() -> None:
    mfa = {"Bool": {"aws:MultiFactorAuthPresent": "true"}}
    statements = [{"allow": "s3:*", "Condition": mfa}, {"allow": "ec2:*"}]
    found = first({"users": {"alice": {"inline": {"a": statements}}}}, "s3:GetObject")
    (said,) = found.statements
    assert (found.allowed.is_no, said.effect, said.name, said.gate) == (
        True,
        "Allow",
        "statement 1 of a of user alice",
        True,
    )
    (applies,) = said.sessions.values()
    assert applies.because == "Bool is false when aws:MultiFactorAuthPresent is absent"


def test_what_is_not_known_is_named() -> None:
    raw = {"users": {"alice": {"attached": [{"policy": "AdministratorAccess", "unknown": ["var.admin"]}]}}}
    assert answered({**raw, "whom": "user alice"}, "ec2:RunInstances").unknowns == ("var.admin",)


def test_a_call_that_cloudformation_makes_says_so() -> None:
    """The Deny is about direct calls alone; whoever may create stacks has CloudFormation make the call."""
    direct = {
        "Effect": "Deny",
        "Action": "ec2:*",
        "Resource": "*",
        "Condition": {"Bool": {"aws:ViaAWSService": "false"}},
    }
    found = first({"users": {"alice": {"inline": {"a": [{"allow": "*"}, direct]}}}}, "ec2:RunInstances")
    assert (found.allowed.is_yes, found.through) == (True, "CloudFormation")


@pytest.mark.parametrize("action", ["", "iam", "iam:*", "iam:Create User", "*", "iam:CreateUser\n"])
def test_what_is_no_action_is_refused(action: str) -> None:
    with pytest.raises(UsageError, match="one action is meant"):
        check(action, None)


@pytest.mark.parametrize("resource", ["", "bucket", "arn:aws:s3", "arn:aws:s3:::a\nb", "arn:aws:iam::12x:user/a"])
def test_what_is_no_arn_is_refused(resource: str) -> None:
    with pytest.raises(UsageError, match="an ARN is meant"):
        check("s3:GetObject", resource)
