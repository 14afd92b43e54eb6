"""The accounts of a state: by the ids in ARNs, and by what is named of what has one."""

from __future__ import annotations

from typing import Any

import pytest

from iamgen_rules.account.from_resources import accounts
from plan.made import Data, change, configured, held, plan, reading, state

ONE, OTHER = "111111111111", "222222222222"
POLICY = f"arn:aws:iam::{ONE}:policy/p"
ADMIN = "arn:aws:iam::aws:policy/AdministratorAccess"


def declared(address: str, account: str, name: str) -> Data:
    """A user, group, role or policy with its ARN."""
    kind = address.split(".", maxsplit=1)[0].removeprefix("aws_iam_")
    return held(address, name=name, arn=f"arn:aws:iam::{account}:{kind}/{name}")


def after(address: str, *depends_on: str, **values: Any) -> Data:
    """What has no ARN, and what it is made after."""
    return {**held(address, **values), "depends_on": list(depends_on)}


BOTH = [
    declared("aws_iam_user.a", ONE, "anna"),
    declared("aws_iam_user.b", OTHER, "bert"),
    declared("aws_iam_group.a", ONE, "ops"),
    declared("aws_iam_group.b", OTHER, "ops"),
    declared("aws_iam_role.a", ONE, "ci"),
    declared("aws_iam_role.b", OTHER, "ci"),
]


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        # by what it names
        (after("aws_iam_access_key.k", user="bert"), {OTHER}),
        (after("aws_iam_user_login_profile.p", user="anna"), {ONE}),
        (after("aws_iam_user_group_membership.m", user="bert", groups=["ops"]), {OTHER}),
        (after("aws_iam_group_membership.m", group="ops", users=["anna"]), {ONE}),
        (after("aws_iam_policy_attachment.a", policy_arn=ADMIN, groups=["ops"], users=["bert"]), {OTHER}),
        # by the policy that is attached
        (after("aws_iam_role_policy_attachment.a", role="ci", policy_arn=f"arn:aws:iam::{OTHER}:policy/p"), {OTHER}),
        (
            after("aws_iam_role_policy_attachments_exclusive.a", role_name="ci", policy_arns=[POLICY]),
            {ONE},
        ),
        # of namesakes it is the one that it is made after
        (after("aws_iam_role_policy_attachment.a", "aws_iam_role.b", role="ci", policy_arn=ADMIN), {OTHER}),
        (after("aws_iam_role_policies_exclusive.a", "aws_iam_role.a", "aws_iam_user.b", role_name="ci"), {ONE}),
        # what cannot be told is in both, perhaps
        (after("aws_iam_role_policy_attachment.a", role="ci", policy_arn=ADMIN), {ONE, OTHER}),
        (
            after("aws_iam_role_policy.a", "aws_iam_role.a", "aws_iam_role.b", role="ci", name="p"),
            {ONE, OTHER},
        ),
        (after("aws_iam_access_key.k", user="somebody"), {ONE, OTHER}),
    ],
)  # fmt: skip
def test_where_it_is(one: Data, expected: set[str]) -> None:
    found = reading(state(*BOTH, one))
    (address,) = {resource.address for resource in found.resources} - {resource["address"] for resource in BOTH}
    placed = [resource for resource in found.resources if resource.address == address]
    assert {resource.provider for resource in placed} == expected
    is_told = len(expected) == 1
    assert all(bool(resource.missing) != is_told for resource in placed)
    assert [problem.place.address for problem in found.problems] == ([] if is_told else [address])
    assert is_told or f"{ONE}, {OTHER}" in found.problems[0].message


def test_what_instances_of_a_module_name_is_beside_them() -> None:
    user = {**declared("aws_iam_user.u", OTHER, "carl"), "address": 'module.m["x"].aws_iam_user.u'}
    key = after("aws_iam_access_key.k", "module.m.aws_iam_user.u", user="carl")
    inner = {"address": 'module.m["x"]', "resources": [user, {**key, "address": 'module.m["x"].aws_iam_access_key.k'}]}
    found = reading(state(*BOTH, child_modules=[inner]))
    assert {one.provider for one in found.resources if one.address.startswith("module")} == {OTHER}


def test_one_account_has_no_id_in_its_name() -> None:
    found = reading(state(BOTH[0], held("data.aws_iam_policy.p", arn=f"arn:aws:iam::{OTHER}:policy/p")))
    assert {one.provider for one in found.resources} == {"aws"}


def test_the_accounts_are_judged_each_for_itself() -> None:
    """A role that lets in the other account's role of the same name does not let in itself."""
    trust = f'{{"Statement": {{"Effect": "Allow", "Principal": {{"AWS": "arn:aws:iam::{ONE}:role/ci"}}}}}}'
    role = declared("aws_iam_role.b", OTHER, "ci")
    role["values"]["assume_role_policy"] = trust
    one, other = accounts(reading(state(*BOTH[:5], role)).resources)
    assert [(len(built.account.users), len(built.account.roles)) for built in (one, other)] == [(1, 1), (1, 1)]
    (lets_in,) = other.account.roles[0].trust.statements
    assert f"arn:aws:iam::{ONE}:role/ci" in repr(lets_in)


def test_what_a_plan_refers_to_is_in_the_account_of_what_is_referred_to() -> None:
    """A policy of the same name in the other account is another one."""
    document = '{"Statement": []}'
    written, changes = list[Data](), list[Data]()
    for provider in ("aws", "aws.audit"):
        key = provider.rpartition(".")[2]
        given = [f"aws_iam_policy.{key}.arn", f"aws_iam_policy.{key}"]
        changes += [
            change(f"aws_iam_group.{key}", {"name": "ops"}),
            change(f"aws_iam_policy.{key}", {"name": "p", "policy": document}, {"arn": True}),
            change(f"aws_iam_group_policy_attachment.{key}", {"group": "ops"}, {"policy_arn": True}),
        ]
        written += [
            configured(f"aws_iam_group.{key}", provider),
            configured(f"aws_iam_policy.{key}", provider),
            configured(f"aws_iam_group_policy_attachment.{key}", provider, policy_arn=given),
        ]
    built = accounts(reading(plan(changes, written)).resources)
    assert [one.provider for one in built] == ["aws", "aws.audit"]
    for one in built:
        ((group,), (policy,)) = one.account.groups, one.account.policies
        assert [attached.policy for attached in group.attached] == [policy.arn]
