"""A role's policies that others attached are no policies of the role's own."""

from __future__ import annotations

import pytest

from iamgen_rules.account.resource import Plain
from iamgen_rules.policy.text import Unknown
from plan.made import Data, change, configured, held, plan, state, values

A, B = "arn:aws:iam::aws:policy/A", "arn:aws:iam::aws:policy/B"
TRUST = {"name": "r", "assume_role_policy": "{}"}
POLICY = {"name": "inner", "policy": "{}"}
ATTACHED = held("aws_iam_role_policy_attachment.a", role="r", policy_arn=A)
LISTED = held("aws_iam_policy_attachment.a", name="a", roles=["r"], users=None, policy_arn=A)
ELSEWHERE = held("aws_iam_role_policy_attachment.a", role="other", policy_arn=A)
INNER = held("aws_iam_role_policy.i", role="r", name="inner", policy="{}")


@pytest.mark.parametrize(
    ("others", "arns", "stays"),
    [
        ([], [], False),
        ([ATTACHED], [A], False),
        ([LISTED], [A], False),
        ([ATTACHED], [], False),  # read before it was attached
        ([], [A], True),
        ([ATTACHED], [A, B], True),
        ([ELSEWHERE], [A], True),
    ],
)
def test_managed_policies_in_a_state(others: list[Data], arns: list[str], stays: bool) -> None:
    role = held("aws_iam_role.r", **TRUST, managed_policy_arns=arns)
    assert values(state(role, *others), "aws_iam_role.r").get("managed_policy_arns") == (tuple(arns) if stays else None)


@pytest.mark.parametrize(
    ("others", "blocks", "stays"),
    [
        ([], [], False),
        ([], [{"name": "", "policy": ""}], False),
        ([INNER], [POLICY], False),
        ([], [POLICY], True),
        ([INNER], [POLICY, {"name": "more", "policy": "{}"}], True),
    ],
)
def test_inline_policies_in_a_state(others: list[Data], blocks: list[Data], stays: bool) -> None:
    role = held("aws_iam_role.r", **TRUST, inline_policy=blocks)
    assert values(state(role, *others), "aws_iam_role.r").get("inline_policy") == (tuple(blocks) if stays else None)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ({"name": {"constant_value": "r"}}, {"inline_policy": (POLICY,)}),  # perhaps a dynamic block
        ({"managed_policy_arns": {}}, {"managed_policy_arns": (A,), "inline_policy": (POLICY,)}),
        ({"inline_policy": [{"name": {}}]}, {"inline_policy": (POLICY,)}),
    ],
)
def test_a_plan_says_what_is_written(written: Data, expected: dict[str, Plain]) -> None:
    role = change("aws_iam_role.r", {**TRUST, "managed_policy_arns": [A], "inline_policy": [POLICY]}, None, "no-op")
    made = plan([role], [configured("aws_iam_role.r", **written)])
    assert values(made, "aws_iam_role.r") == {**TRUST, **expected}


def test_in_a_plan_others_hold_by_reference() -> None:
    role = change("aws_iam_role.r", {**TRUST, "inline_policy": [POLICY]}, {"id": True})
    inner = change("aws_iam_role_policy.i", POLICY, {"role": True})
    written = [
        configured("aws_iam_role.r", name={"constant_value": "r"}),
        configured("aws_iam_role_policy.i", role=["aws_iam_role.r.id", "aws_iam_role.r"]),
    ]
    assert values(plan([role, inner], written), "aws_iam_role.r") == {**TRUST, "id": Unknown("aws_iam_role.r.id")}
