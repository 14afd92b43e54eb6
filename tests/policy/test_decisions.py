"""Every decision in decisions/: the answer, the statements that decide, the choices, the way through CloudFormation."""

from __future__ import annotations

import re
from typing import Any

import pytest

from iamgen_rules.policy.ask import Reached
from iamgen_rules.policy.escalation import Path, known_sets, outside_the_gate, paths, target_types
from iamgen_rules.policy.malformed import MalformedPolicyError
from iamgen_rules.policy.truth import Truth
from policy.cases import Case, answers, cases

CASES = dict(cases())


@pytest.mark.parametrize("name", CASES)
def test_decision(name: str) -> None:
    case = CASES[name]
    if case["expected"] == "malformed":
        with pytest.raises(MalformedPolicyError) as refused:
            answers(case)
        assert refused.value.path == case.get("place", refused.value.path)
        return
    reached = answers(case)
    assert [said(one.allowed) for one in reached] == [case["expected"]] * len(reached)
    if "by" in case:
        assert [deciding(one) for one in reached] == (case["by"] if "steps" in case else [case["by"]])
    for one in reached:
        assert through(one) == case.get("through", [])
        assert chosen(one, case) == case.get("chosen", {})


def said(truth: Truth) -> Any:
    """A truth as a case writes it."""
    return sorted(truth.missing) if truth.is_unknown else "yes" if truth.is_yes else "no"


def deciding(reached: Reached) -> list[str]:
    """The deciding statements."""
    return [f"{cited.policy}: {cited.statement.name}" for cited in reached.decision().deciding]


def through(reached: Reached) -> list[str]:
    """The calls that let CloudFormation make this one."""
    return [step.request.action for step in reached.by]


def chosen(reached: Reached, case: Case) -> dict[str, object]:
    """The values that the answer has for the keys that the case names."""
    found = {key: reached.request.values(key) for key in case.get("chosen", {})}
    return {key: list(values) if isinstance(values, tuple) else values for key, values in found.items()}


def test_there_are_enough() -> None:
    assert len(CASES) == len(cases()) >= 300, "a name stands twice"


KINDS = ("allowed", "denied by the gate", "scoped away on its own target")
SETS: dict[str, frozenset[str]] = {
    **{path.id: frozenset(path.actions) for path in paths()},
    **known_sets(),
    **{f"outside the gate {number}": frozenset(actions) for number, actions in enumerate(outside_the_gate(), 1)},
}


def with_actions(actions: frozenset[str]) -> dict[str, list[Case]]:
    """The cases of exactly these actions, by kind."""
    found: dict[str, list[Case]] = {}
    for name, case in CASES.items():
        if actions == frozenset(step["action"] for step in case.get("steps", ())):
            found.setdefault(name.rpartition(": ")[2], []).append(case)
    return found


def resources(case: Case) -> list[str]:
    """What the steps of a case are on."""
    return [step["resource"] for step in case["steps"]]


@pytest.mark.parametrize("id_", [path.id for path in paths()])
def test_every_escalation_path_has_its_cases(id_: str) -> None:
    names = {name.partition(": ")[2] for name in CASES}
    assert names >= {f"{id_}: {kind}" for kind in KINDS}


def test_no_two_sets_of_actions_have_one_id() -> None:
    assert len(SETS) == len(paths()) + len(known_sets()) + len(outside_the_gate())


@pytest.mark.parametrize("id_", SETS)
def test_every_known_set_of_actions_has_its_cases(id_: str) -> None:
    found = with_actions(SETS[id_])
    assert all(found.get(kind) for kind in KINDS)
    assert {case["expected"] for case in found["allowed"]} == {"yes"}
    for case in found["denied by the gate"]:
        assert case["expected"] == "no"
        assert case["by"] == [["gate: DenyWithoutMFA"]] * len(case["steps"])
    for case in found["scoped away on its own target"]:
        assert case["expected"] == "no"
        assert resources(case) in [resources(allowed) for allowed in found["allowed"]]
        assert {statement["Effect"] for one in case["policies"] for statement in one["path"]["Statement"]} == {"Allow"}


@pytest.mark.parametrize("path", paths(), ids=lambda path: path.id)
def test_a_path_is_decided_on_its_own_targets(path: Path) -> None:
    for step in CASES[f"escalations_pathfinding: {path.id}: allowed"]["steps"]:
        kind = "*" if step["resource"] == "*" else re.split("[/:]", step["resource"].split(":", 5)[5])[0]
        assert kind in target_types(step["action"])
        if step["action"] == "iam:PassRole":
            passed = step["choices"].get("iam:passedtoservice", [])
            assert {service for services in passed for service in services} == set(path.passed_to)
