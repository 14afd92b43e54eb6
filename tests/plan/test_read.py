"""What a plan says there will be: instances, values, accounts."""

from __future__ import annotations

import pytest

from iamgen_rules.policy.text import Unknown
from plan.made import ALICE, Data, change, configured, held, plan, reading, resources, state, values


def test_a_resource_has_its_values_its_place_and_its_account() -> None:
    found = resources(plan([ALICE], [configured("aws_iam_user.alice", name={"constant_value": "alice"})]))
    (alice,) = found.values()
    assert (alice.address, alice.type, alice.is_data, alice.provider) == (
        "aws_iam_user.alice",
        "aws_iam_user",
        False,
        "aws",
    )
    assert (alice.place.document, alice.place.address, alice.place.span) == ("plan.json", "aws_iam_user.alice", None)
    assert alice.values == {
        "name": "alice",
        "path": "/",
        "arn": Unknown("aws_iam_user.alice.arn"),
        "id": Unknown("aws_iam_user.alice.id"),
    }


@pytest.mark.parametrize(
    ("actions", "is_there"),
    [
        (["no-op"], True),
        (["create"], True),
        (["update"], True),
        (["read"], True),
        (["delete", "create"], True),
        (["create", "delete"], True),
        (["create", "forget"], True),
        (["delete"], False),
        (["forget"], False),
    ],
)
def test_what_the_apply_destroys_or_forgets_is_not_there(actions: list[str], is_there: bool) -> None:
    gone = plan([change("aws_iam_user.u", {"name": "u"}, None, *actions)])
    assert ("aws_iam_user.u" in resources(gone)) == is_there


def test_what_a_targeted_plan_leaves_alone_is_still_there() -> None:
    before = state(
        held("aws_iam_user.alice", name="old"),
        held("aws_iam_user.bob", name="bob"),
        held("aws_iam_user.eve", name="eve"),
    )
    gone = change("aws_iam_user.eve", {}, None, "delete")
    found = resources(plan([ALICE, gone], prior_state=before))
    assert {address: one.values["name"] for address, one in found.items()} == {
        "aws_iam_user.alice": "alice",
        "aws_iam_user.bob": "bob",
    }


def test_what_moved_is_there_once() -> None:
    moved = change("aws_iam_user.new", {"name": "u"}, None, "no-op", previous_address="aws_iam_user.old")
    assert list(resources(plan([moved], prior_state=state(held("aws_iam_user.old", name="u"))))) == ["aws_iam_user.new"]


def test_deposed_objects_are_not_there() -> None:
    deposed = change("aws_iam_user.u", {"name": "u"}, None, "no-op", deposed="abc")
    old = {**held("aws_iam_user.v", name="v"), "deposed_key": "abc"}
    assert resources(plan([deposed], prior_state=state(old))) == {}


def test_what_is_deferred_may_not_be_there() -> None:
    deferred = {"reason": "instance_count_unknown", "resource_change": change("aws_iam_user.u", {"name": "u"})}
    found = resources(plan([], deferred_changes=[deferred]))
    assert found["aws_iam_user.u"].missing == {"aws_iam_user.u (instance_count_unknown)"}


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"errored": True}, "planning ended with an error"),
        ({"complete": False}, "the plan is not complete"),
        ({"errored": True, "complete": False}, "planning ended with an error"),
    ],
)
def test_a_plan_that_is_not_all_says_so(more: Data, message: str) -> None:
    (problem,) = reading(plan([ALICE], **more)).problems
    assert problem.message.startswith(message)


def test_sensitive_is_not_unknown_unless_it_was_taken_out() -> None:
    shown = change("aws_iam_user.u", {"name": "u", "path": None})
    shown["change"]["after_sensitive"] = {"name": True, "path": True, "tags": {}}
    assert values(plan([shown]), "aws_iam_user.u") == {"name": "u", "path": Unknown("aws_iam_user.u.path")}


def test_what_is_not_set_is_not_there() -> None:
    user = held("aws_iam_user.u", name="u", permissions_boundary="", tags=None, groups=[])
    assert values(state(user), "aws_iam_user.u") == {"name": "u", "groups": ()}


def test_half_of_a_surrogate_pair_is_replaced() -> None:
    assert values(state(held("aws_iam_user.u", name="\ud800é")), "aws_iam_user.u") == {"name": "\ufffdé"}


@pytest.mark.parametrize(
    ("key", "provider"),
    [
        ("aws", "aws"),
        ("aws.audit", "aws.audit"),
        ("module.m:aws", "module.m.aws"),
        ("module.m.module.n:aws.x", "module.m.module.n.aws.x"),
        ("m:aws.audit", "aws.audit"),  # Terraform before 1.1
        ("", "aws"),
    ],
)
def test_each_provider_configuration_is_an_account(key: str, provider: str) -> None:
    assert resources(plan([ALICE], [configured("aws_iam_user.alice", key)]))["aws_iam_user.alice"].provider == provider
