"""By what name the unknown in a plan goes: that of what it comes from."""

from __future__ import annotations

import pytest

from iamgen_rules.plan.references import MOST_REFERENCES
from iamgen_rules.policy.text import Unknown
from plan.made import ALICE, ARN, GATE, Data, change, configured, plan, resources, values

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
