"""Blocks `inline_policy` that only the apply knows: what a plan says of them, and what it hides."""

from __future__ import annotations

from dataclasses import replace

import pytest

from iamgen_rules.account.from_resources import accounts
from iamgen_rules.account.resource import Plain, Resource
from iamgen_rules.plan.places import with_places
from iamgen_rules.plan.references import MOST_SOURCES
from iamgen_rules.policy.text import Unknown
from plan.made import Data, change, configured, plan, reading, resources, values

ROLE = "aws_iam_role.r"
TRUST = {"name": "r", "assume_role_policy": '{"Statement": []}'}
OWN = Unknown(f"{ROLE}.inline_policy")
LATER = Unknown(f"{ROLE}.inline_policy (known after apply)")
POLICY = change("aws_iam_policy.p", {"name": "p"}, {"arn": True})
LISTING = change("data.aws_iam_policies.all", {}, {"arns": True}, "read")
GIVEN = ["aws_iam_policy.p.arn", "aws_iam_policy.p"]
USER = change("aws_iam_user.u", {"name": "u"}, {"permissions_boundary": True})


def relevant(resource: str, *attribute: str | int) -> Data:
    """One of `relevant_attributes`."""
    return {"resource": resource, "attribute": list(attribute)}


ARN = relevant("aws_iam_policy.p", "arn")


def inline(written: Data, *actions: str, user: object = (), attributes: list[Data] | None = None) -> Plain:
    """The role's `inline_policy` in a plan that does not know it."""
    role = change(ROLE, TRUST, {"inline_policy": True}, *actions)
    configuration = [
        configured(ROLE, **written),
        configured("aws_iam_user.u", permissions_boundary=user),
        configured("aws_iam_policy.p"),
    ]
    made = plan([role, POLICY, LISTING, USER], configuration, relevant_attributes=attributes or [])
    return values(made, ROLE)["inline_policy"]


@pytest.mark.parametrize(
    ("written", "actions", "expected"),
    [
        ({"name": {}}, ["create"], OWN),
        ({"name": {}}, ["delete", "create"], OWN),
        ({"inline_policy": [{"name": {}}]}, ["create"], LATER),  # a block, and others that are dynamic
        ({"name": {}}, ["update"], LATER),  # what is not written keeps its value
    ],
)
def test_what_is_written_or_changes_is_unknown_by_name(written: Data, actions: list[str], expected: Unknown) -> None:
    assert inline(written, *actions) == expected


@pytest.mark.parametrize(
    ("user", "attributes", "expected"),
    [
        # an attribute that no expression refers to
        ([], [ARN], Unknown("aws_iam_policy.p.arn")),
        # one that an expression accounts for, itself or as a whole, or a local value
        (GIVEN, [ARN], OWN),
        (["aws_iam_policy.p"], [ARN], OWN),
        (['aws_iam_policy.p["a"].arn'], [ARN], OWN),
        (["local.x"], [ARN], OWN),
        # a list of which something is made may be another thing's too
        (["data.aws_iam_policies.all.arns"], [relevant("data.aws_iam_policies.all", "arns", 0)],
         Unknown("data.aws_iam_policies.all.arns")),
        # what is known decides nothing
        ([], [relevant("aws_iam_policy.p", "name")], OWN),
        ([], [relevant("aws_iam_policy.gone", "arn")], OWN),
        # nothing that Terraform wrote
        ([], [relevant("aws_iam_policy.p"), relevant("aws_iam_policy.p", 0), {"resource": 1, "attribute": "arn"}], OWN),
    ],
)  # fmt: skip
def test_what_nothing_accounts_for_may_be_what_blocks_are_made_for(
    user: list[str], attributes: list[Data], expected: Unknown
) -> None:
    assert inline({"name": {}}, user=user, attributes=attributes) == expected


def test_what_very_many_may_be_goes_by_its_own_name() -> None:
    changes = [change(f"aws_x.r{index}", {}, {"list": True}) for index in range(MOST_SOURCES + 1)]
    attributes = [relevant(one["address"], "list") for one in changes]
    role = change(ROLE, TRUST, {"inline_policy": True})
    made = plan([role, *changes], [configured(ROLE, name={})], relevant_attributes=attributes)
    assert values(made, ROLE)["inline_policy"] == LATER


@pytest.mark.parametrize(("written", "has_policy"), [({"inline_policy": [{}]}, True), ({"name": {}}, False)])
def test_the_account_has_the_policy_that_is_not_known_and_none_that_is_not_there(
    written: Data, has_policy: bool
) -> None:
    made = plan([change(ROLE, TRUST, {"inline_policy": True})], [configured(ROLE, **written)])
    (built,) = accounts(reading(made).resources)
    (role,) = built.account.roles
    assert bool(role.inline) == has_policy


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ({}, ()),
        ({"inline_policy": (Unknown("var.x"),)}, (Unknown("var.x"),)),
    ],
)
def test_the_source_says_what_blocks_are_made_for(source: dict[str, Plain], expected: Plain) -> None:
    for attributes in ([], [ARN]):
        role = change(ROLE, TRUST, {"inline_policy": True})
        planned = resources(plan([role, POLICY], [configured(ROLE)], relevant_attributes=attributes))[ROLE]
        written: Resource = replace(planned, values=source)
        (placed,) = with_places([planned], [written])
        assert placed.values["inline_policy"] == expected
