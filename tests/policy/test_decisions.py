"""Every decision in decisions/: the answer, the statements that decide, the choices, the way through CloudFormation."""

from __future__ import annotations

from typing import Any

import pytest

from iamgen_rules.policy.ask import Reached
from iamgen_rules.policy.escalation import known_sets, outside_the_gate, paths
from iamgen_rules.policy.malformed import MalformedPolicyError
from iamgen_rules.policy.truth import Truth
from policy.cases import Case, answers, cases

CASES = dict(cases())


@pytest.mark.parametrize("name", CASES)
def test_decision(name: str) -> None:
    case = CASES[name]
    if case["expected"] == "malformed":
        with pytest.raises(MalformedPolicyError):
            answers(case)
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
    assert len(CASES) >= 300


@pytest.mark.parametrize("id_", [path.id for path in paths()])
def test_every_escalation_path_has_its_cases(id_: str) -> None:
    names = {name.partition(": ")[2] for name in CASES}
    assert names >= {f"{id_}: allowed", f"{id_}: denied by the gate", f"{id_}: scoped away on its own target"}


def test_every_known_set_of_actions_has_its_cases() -> None:
    decided = {frozenset(step["action"] for step in case["steps"]) for case in CASES.values() if "steps" in case}
    assert decided >= set(known_sets().values()) | {frozenset(actions) for actions in outside_the_gate()}
