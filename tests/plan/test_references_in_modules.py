"""By what name the unknown in a plan goes: into modules and out of them."""

from __future__ import annotations

from iamgen_rules.policy.text import Unknown
from plan.made import ARN, GATE, Data, change, configured, plan, resources, values

DECLARED = [configured("aws_iam_policy.gate")]
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
