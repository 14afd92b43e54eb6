"""What reading a plan or state costs grows with its size: calls are counted, for they do not depend on the machine."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from itertools import count

import pytest

from iamgen_rules.plan.read import read
from plan.made import Data, change, configured, held, plan, state

DOCUMENT = "data.aws_iam_policy_document.d"
TRUST = {"assume_role_policy": "{}"}


def steps(data: bytes) -> int:
    """The functions that are called while it is read."""
    counter = count()
    sys.setprofile(lambda _frame, event, _argument: next(counter) if event.endswith("call") else None)
    try:
        read(data, "plan.json")
    finally:
        sys.setprofile(None)
    return next(counter)


def instances(size: int) -> Data:
    """Instances with keys, that ask each other for what is not known."""
    keys = [f'["{index}"]' for index in range(size)]
    return plan(
        [
            *(change(f"aws_iam_policy.p{key}", {"name": f"p{key}"}, {"arn": True, "id": True}) for key in keys),
            *(change(f"aws_iam_role.r{key}", {"name": f"r{key}", **TRUST}, {"inline_policy": True}) for key in keys),
            *(change(f"aws_iam_role_policy_attachment.a{key}", {"role": "r"}, {"policy_arn": True}) for key in keys),
            change("aws_iam_policy_attachment.all", {"roles": [None] * size}, {"roles": [True] * size}),
        ],
        [
            configured("aws_iam_policy.p", for_each_expression=["var.x"]),
            configured("aws_iam_role.r", name={}),
            configured(
                "aws_iam_role_policy_attachment.a",
                policy_arn=["each.value.arn", "each.value"],
                for_each_expression=["aws_iam_policy.p"],
            ),
            configured("aws_iam_policy_attachment.all", roles=["aws_iam_role.r"]),
        ],
        relevant_attributes=[{"resource": f"aws_iam_policy.p{key}", "attribute": ["arn"]} for key in keys],
    )


def resources(size: int) -> Data:
    """Resources of their own, with expressions of their own."""
    given = [[f"aws_iam_policy.p{index}.arn", f"aws_iam_policy.p{index}"] for index in range(size)]
    blocks = [{"resources": one} for one in given]
    known = {"statement": [{"actions": ["a"], "resources": [None]}] * size}
    unknown = {"json": True, "statement": [{"resources": [True]}] * size}
    return plan(
        [
            *(change(f"aws_iam_policy.p{index}", {"name": f"p{index}"}, {"arn": True}) for index in range(size)),
            *(change(f"aws_iam_user_policy_attachment.a{index}", {}, {"policy_arn": True}) for index in range(size)),
            change(DOCUMENT, known, unknown, "read"),
            change("aws_iam_policy.all", {"name": "all"}, {"policy": True}),
        ],
        [
            *(configured(f"aws_iam_policy.p{index}") for index in range(size)),
            *(configured(f"aws_iam_user_policy_attachment.a{index}", policy_arn=given[index]) for index in range(size)),
            configured(DOCUMENT, statement=blocks),
            configured("aws_iam_policy.all", policy=[f"{DOCUMENT}.json", DOCUMENT]),
        ],
    )


def two_accounts(size: int) -> Data:
    """A state in which attachments say by names in which account they are."""
    names = [(f"u{index}", f"{index % 2 + 1}" * 12) for index in range(size)]
    return state(
        *(
            held(f"aws_iam_user.{name}", name=name, arn=f"arn:aws:iam::{account}:user/{name}")
            for name, account in names
        ),
        *(
            {**held(f"aws_iam_access_key.{name}", user=name), "depends_on": [f"aws_iam_user.{name}"]}
            for name, _ in names
        ),
    )


@pytest.mark.parametrize("made", [instances, resources, two_accounts])
def test_twice_the_plan_costs_at_most_twice_the_steps(made: Callable[[int], Data]) -> None:
    one, two = (steps(json.dumps(made(size)).encode()) for size in (60, 120))
    assert two <= 2.1 * one
