"""What a plan says there will be: instances, values, and by what name the unknown goes."""

from __future__ import annotations

import pytest

from iamgen_rules.plan.references import MOST_REFERENCES
from iamgen_rules.policy.text import Unknown
from plan.made import Data, change, configured, held, plan, reading, resources, state, values

ALICE = change("aws_iam_user.alice", {"name": "alice", "path": "/"}, {"arn": True, "id": True})
GATE = change("aws_iam_policy.gate", {"name": "gate"}, {"arn": True, "id": True})
ARN = ["aws_iam_policy.gate.arn", "aws_iam_policy.gate"]


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


# What is unknown, by name

OTHER = change("aws_iam_policy.other", {"name": "other"}, {"arn": True, "id": True})
KEY = change("aws_kms_key.k", {"enabled": True}, {"arn": True})
ROLE = change("aws_iam_role.r", {"name": "r"}, {"arn": True, "id": True})
PAIR = [
    change(f"aws_iam_policy.pair[{index}]", {"name": f"pair{index}"}, {"arn": True, "id": True}, index=index)
    for index in (0, 1)
]
SECOND = ["aws_iam_policy.pair[1].arn", "aws_iam_policy.pair[1]", "aws_iam_policy.pair"]
ONE = change("aws_iam_policy.one[0]", {"name": "one"}, {"arn": True}, index=0)
DECLARED = [configured(f"aws_iam_policy.{name}") for name in ("gate", "other", "pair", "one", "none")]


@pytest.mark.parametrize(
    ("argument", "references", "name"),
    [
        # one unknown that the argument takes is the value
        ("policy_arn", ARN, "aws_iam_policy.gate.arn"),
        ("policy_arn", ["aws_iam_policy.gate.id", "aws_iam_policy.gate"], "aws_iam_policy.gate.id"),
        ("policy_arn", SECOND, "aws_iam_policy.pair[1].arn"),
        ("permissions_boundary", ARN, "aws_iam_policy.gate.arn"),
        ("user", ["aws_iam_user.alice.id", "aws_iam_user.alice"], "aws_iam_user.alice.id"),
        ("role", ["aws_iam_role.r.id", "aws_iam_role.r"], "aws_iam_role.r.id"),
        ("role", ["aws_iam_role.r.arn", "aws_iam_role.r"], "aws_iam_role.r.arn"),
        ("role_arn", ["aws_iam_role.r.arn", "aws_iam_role.r"], "aws_iam_role.r.arn"),
        # what is known decides nothing: variables, names, path, keys
        ("policy_arn", ["var.on", *ARN], "aws_iam_policy.gate.arn"),
        ("policy_arn", ["aws_iam_user.alice.name", "aws_iam_user.alice", *ARN], "aws_iam_policy.gate.arn"),
        ("policy_arn", ["path.module", "terraform.workspace", *ARN], "aws_iam_policy.gate.arn"),
        ("policy_arn", ["aws_iam_policy.none", *ARN], "aws_iam_policy.gate.arn"),
        # the only instance of its resource
        ("policy_arn", ["aws_iam_policy.one"], "aws_iam_policy.one[0].arn"),
        # several are named, none is chosen
        ("policy_arn", [*ARN, *SECOND], "aws_iam_policy.gate.arn, aws_iam_policy.pair[1].arn"),
        ("policy_arn", ["aws_iam_policy.pair"], "aws_iam_policy.pair"),
        ("policy_arn", ["aws_iam_policy.pair", "count.index"], "aws_iam_policy.pair"),
        ("policy_arn", ["local.gate"], "local.gate"),
        ("policy_arn", ["aws_kms_key.k.arn", "aws_kms_key.k"], "aws_kms_key.k.arn"),
        ("policy_arn", ["aws_iam_policy.gone.arn", "aws_iam_policy.gone"], "aws_iam_policy.gone.arn"),
        # a value of which something else is made is not taken for what is made of it
        ("policy_arn", ["aws_iam_role.r.id", "aws_iam_role.r"], "aws_x.this.policy_arn (known after apply)"),
        ("user", ARN, "aws_x.this.user (known after apply)"),
        ("user", ["aws_iam_role.r.id", "aws_iam_role.r"], "aws_x.this.user (known after apply)"),
        ("policy", ["aws_iam_role.r.arn", "aws_iam_role.r"], "aws_x.this.policy (known after apply)"),
        ("name", ["aws_iam_user.alice.id", "aws_iam_user.alice"], "aws_x.this.name (known after apply)"),
        ("policy_arn", {}, "aws_x.this.policy_arn (known after apply)"),
    ],
)  # fmt: skip
def test_an_unknown_value_goes_by_what_it_comes_from(argument: str, references: list[str], name: str) -> None:
    changes = [ALICE, GATE, OTHER, KEY, ROLE, *PAIR, ONE, change("aws_x.this", {}, {argument: True})]
    expressions: Data = {argument: references}
    made = plan(changes, [*DECLARED, configured("aws_x.this", **expressions)])
    assert values(made, "aws_x.this") == {argument: Unknown(name)}


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        (("[0]", "[1]"), ["aws_iam_policy.pair[0].arn", "aws_iam_policy.pair[1].arn"]),
        (("[0]",), ["aws_iam_policy.pair"]),
        (("[0]", "[1]", "[2]"), ["aws_iam_policy.pair"] * 3),
    ],
)
def test_of_several_it_is_the_one_with_the_same_key_where_both_have_the_same_keys(
    keys: tuple[str, ...], expected: list[str]
) -> None:
    asking = [change(f"aws_x.this{key}", {}, {"policy_arn": True}) for key in keys]
    written = configured("aws_x.this", policy_arn=["aws_iam_policy.pair", "count.index"], count_expression=["var.n"])
    found = resources(plan([*PAIR, *asking], [*DECLARED, written]))
    names = [found[f"aws_x.this{key}"].values["policy_arn"] for key in keys]
    assert names == [Unknown(name) for name in expected]


@pytest.mark.parametrize("references", [["each.value.arn", "each.value"], ["aws_iam_policy.p", "each.key"]])
def test_for_each_over_a_resource_leads_to_each_of_its_instances(references: list[str]) -> None:
    changes = [
        made
        for key in ('["a"]', '["b"]')
        for made in (
            change(f"aws_iam_policy.p{key}", {"name": "p"}, {"arn": True}),
            change(f"aws_x.this{key}", {}, {"policy_arn": True}),
        )
    ]
    written = configured("aws_x.this", policy_arn=references, for_each_expression=["aws_iam_policy.p"])
    found = resources(plan(changes, [configured("aws_iam_policy.p"), written]))
    for key in ('["a"]', '["b"]'):
        assert found[f"aws_x.this{key}"].values == {"policy_arn": Unknown(f"aws_iam_policy.p{key}.arn")}


def test_of_a_set_that_is_unknown_as_a_whole_more_may_be_in_it() -> None:
    """Providers say of a set with one unknown element that nothing of it is known."""
    written = configured("aws_x.this", users=["aws_iam_user.alice.id", "aws_iam_user.alice"])
    found = values(plan([ALICE, change("aws_x.this", {}, {"users": True})], [written]), "aws_x.this")
    assert found == {"users": (Unknown("aws_iam_user.alice.id"), Unknown("aws_x.this.users (known after apply)"))}


def test_the_known_elements_of_a_set_stay_known() -> None:
    written = configured("aws_x.this", resources=["aws_iam_role.r.arn", "aws_iam_role.r", *ARN])
    partly = change("aws_x.this", {"resources": ["x", None, None]}, {"resources": [False, True, True]})
    assert values(plan([ROLE, GATE, partly], [written]), "aws_x.this") == {
        "resources": ("x", Unknown("aws_iam_policy.gate.arn"), Unknown("aws_iam_role.r.arn"))
    }


def test_more_unknown_elements_than_sources_are_none_of_them() -> None:
    """`[aws_iam_role.r.arn, "${aws_iam_role.r.arn}/x"]`."""
    written = configured("aws_x.this", resources=["aws_iam_role.r.arn", "aws_iam_role.r"])
    partly = change("aws_x.this", {"resources": [None, None]}, {"resources": [True, True]})
    name = Unknown("aws_x.this.resources (known after apply)")
    assert values(plan([ROLE, partly], [written]), "aws_x.this") == {"resources": (name, name)}


def test_blocks_are_lists_of_mappings_and_have_their_own_expressions() -> None:
    blocks = [
        {"name": {"constant_value": "a"}, "policy_arn": ["aws_iam_policy.other.arn", "aws_iam_policy.other"]},
        {"name": {"constant_value": "b"}, "policy_arn": ARN},
    ]
    block = change(
        "aws_x.this",
        {"part": [{"name": "b", "size": 1}, {"name": "a", "size": None}]},
        {"part": [{"policy_arn": True}, {"policy_arn": True}]},
    )
    assert values(plan([GATE, OTHER, block], [configured("aws_x.this", part=blocks)]), "aws_x.this") == {
        "part": (
            {"name": "b", "size": 1, "policy_arn": Unknown("aws_iam_policy.gate.arn")},
            {"name": "a", "policy_arn": Unknown("aws_iam_policy.other.arn")},
        )
    }


def test_a_dynamic_block_has_no_expressions_in_a_plan() -> None:
    block = change("aws_x.this", {"part": [{}]}, {"part": [{"policy_arn": True}]})
    found = values(plan([block], [configured("aws_x.this")]), "aws_x.this")
    assert found == {"part": ({"policy_arn": Unknown("aws_x.this.part[0].policy_arn")},)}


# Modules

INNER: Data = {
    "module": {
        "resources": [configured("aws_iam_policy.own"), configured("aws_x.this", policy_arn=["var.policy"])],
        "outputs": {"arn": {"expression": {"references": ["aws_iam_policy.own.arn", "aws_iam_policy.own"]}}},
        "variables": {"policy": {}},
    },
    "expressions": {"policy": {"references": ARN}},
}


def test_what_a_module_is_given_is_followed_to_where_it_comes_from() -> None:
    asking = change("module.m.aws_x.this", {}, {"policy_arn": True})
    made = plan([GATE, asking], DECLARED, {"m": INNER})
    assert values(made, "module.m.aws_x.this") == {"policy_arn": Unknown("aws_iam_policy.gate.arn")}


def test_what_a_module_gives_is_followed_to_where_it_comes_from() -> None:
    own = change("module.m.aws_iam_policy.own", {"name": "own"}, {"arn": True})
    asking = change("aws_x.this", {}, {"policy_arn": True})
    written = configured("aws_x.this", policy_arn=["module.m.arn", "module.m"])
    assert values(plan([own, asking], [written], {"m": INNER}), "aws_x.this") == {
        "policy_arn": Unknown("module.m.aws_iam_policy.own.arn")
    }


def test_each_instance_of_a_module_has_its_own() -> None:
    called = {
        **INNER,
        "for_each_expression": {},
        "expressions": {"policy": {"references": ["aws_iam_policy.p", "each.key"]}},
    }
    changes = [
        made
        for key in ('["a"]', '["b"]')
        for made in (
            change(f"aws_iam_policy.p{key}", {"name": "p"}, {"arn": True}),
            change(f"module.m{key}.aws_x.this", {}, {"policy_arn": True}),
        )
    ]
    found = resources(plan(changes, [configured("aws_iam_policy.p")], {"m": called}))
    for key in ('["a"]', '["b"]'):
        assert found[f"module.m{key}.aws_x.this"].values == {"policy_arn": Unknown(f"aws_iam_policy.p{key}.arn")}


def test_which_output_of_several_module_instances_is_not_told() -> None:
    called = {**INNER, "for_each_expression": {}}
    own = change('module.m["a"].aws_iam_policy.own', {"name": "own"}, {"arn": True})
    asking = change('aws_x.this["a"]', {}, {"policy_arn": True})
    written = configured("aws_x.this", policy_arn=["module.m", "each.key"], for_each_expression=["var.x"])
    found = values(plan([own, asking], [written], {"m": called}), 'aws_x.this["a"]')
    assert found == {"policy_arn": Unknown('module.m["a"]')}


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


def test_a_state_with_two_accounts_does_not_say_what_is_in_which() -> None:
    both = state(
        *(held(f"aws_iam_user.u{digit}", name="u", arn=f"arn:aws:iam::{digit * 12}:user/u") for digit in "12"),
        held("data.aws_iam_policy.p", name="p", arn="arn:aws:iam::333333333333:policy/p"),
    )
    (problem,) = reading(both).problems
    assert "111111111111, 222222222222" in problem.message


# Hostile


def test_what_refers_to_itself_comes_to_an_end() -> None:
    circle = {
        "module": {
            "resources": [],
            "outputs": {"a": {"expression": {"references": ["var.a"]}}},
        },
        "expressions": {"a": {"references": ["module.m.a", "module.m"]}},
    }
    asking = change("aws_x.this", {}, {"policy_arn": True})
    written = configured("aws_x.this", policy_arn=["module.m.a", "module.m"], for_each_expression=["each.value"])
    assert values(plan([asking], [written], {"m": circle}), "aws_x.this") == {
        "policy_arn": Unknown("aws_x.this.policy_arn (known after apply)")
    }


def test_what_comes_from_very_many_goes_by_its_own_name() -> None:
    many = [change(f"aws_kms_key.k{index}", {}, {"arn": True}) for index in range(100)]
    references = [f"aws_kms_key.k{index}.arn" for index in range(100)]
    asking = change("aws_x.this", {}, {"policy_arn": True})
    found = values(plan([*many, asking], [configured("aws_x.this", policy_arn=references)]), "aws_x.this")
    assert found == {"policy_arn": Unknown("aws_x.this")}


def test_an_expression_with_more_references_than_anybody_writes_is_not_followed() -> None:
    """Every instance would follow all of them."""
    asking = change("aws_x.this", {}, {"policy_arn": True})
    written = configured("aws_x.this", policy_arn=[*ARN, *["var.x"] * (MOST_REFERENCES - 1)])
    assert values(plan([GATE, asking], [written]), "aws_x.this") == {"policy_arn": Unknown("aws_x.this")}
    written = configured("aws_x.this", policy_arn=[*ARN, *["var.x"] * (MOST_REFERENCES - 2)])
    assert values(plan([GATE, asking], [written]), "aws_x.this") == {"policy_arn": Unknown("aws_iam_policy.gate.arn")}
