"""Capabilities by sessions, reasoned by hand from what each session says of MFA and what each construct makes of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from iamgen_rules.why.answer import Said
from why.made import answered, cells

CASES: list[Mapping[str, Any]] = json.loads((Path(__file__).parent / "capabilities.json").read_text(encoding="utf-8"))
GATED = next(case for case in CASES if case["name"].startswith("a gate that holds"))
MISSING = next(case for case in CASES if case["name"].startswith("Bool misses"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_what_each_session_can_do(case: Mapping[str, Any]) -> None:
    found = answered(case)
    assert " ".join(found.sessions) == case["sessions"]
    assert cells(found) == case["cells"]
    assert list(found.unknowns) == case.get("unknowns", [])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_who_is_open_is_an_administrator_in_a_session_without_mfa(case: Mapping[str, Any]) -> None:
    """The table and the verdict say the same."""
    found = answered(case)
    if found.who.kind == "role":
        return
    row = next(row for row in found.rows if row.capability == "administrator")
    without = [row.cells[kind].truth for kind in found.sessions if kind != "mfa"]
    assert (found.judgement.verdict == "ungated") == any(truth.is_yes for truth in without)
    assert (found.judgement.verdict == "not-admin") == all(cell.truth.is_no for cell in row.cells.values())


def the(effect: str, found: tuple[Said, ...]) -> Said:
    """The only statement of an effect."""
    (one,) = [one for one in found if one.effect == effect]
    return one


def test_the_gate_is_named_and_said_where_it_applies() -> None:
    found = answered(GATED).statements
    gate, grant = the("Deny", found), the("Allow", found)
    assert (gate.name, gate.policy, gate.gate, grant.gate) == ("DenyWithoutMFA", "gate", True, False)
    said = {kind.value: (applies.truth.is_yes, applies.because) for kind, applies in gate.sessions.items()}
    assert said == {
        "access-key": (True, ""),
        "no-mfa": (True, ""),
        "mfa": (False, "BoolIfExists is false when aws:MultiFactorAuthPresent is true"),
    }
    assert all(applies.truth.is_yes for applies in grant.sessions.values())


def test_a_gate_that_misses_says_why() -> None:
    gate = the("Deny", answered(MISSING).statements)
    absent = "Bool is false when aws:MultiFactorAuthPresent is absent"
    assert {kind.value: applies.because for kind, applies in gate.sessions.items()} == {
        "access-key": absent,
        "no-mfa": "",
        "mfa": "Bool is false when aws:MultiFactorAuthPresent is true",
        "federated": absent,
    }


def test_the_proof_is_of_the_one_who_is_asked_about_whoever_else_is_alike() -> None:
    users = {name: {"groups": ["admins"]} for name in ("alice", "bob")}
    raw = {"users": users, "groups": {"admins": {"attached": ["AdministratorAccess"]}}, "whom": "user bob"}
    found = answered(raw)
    assert found.judgement.ref.name == "bob"
    assert found.proof[0].text == "bob → group admins → AdministratorAccess"
    assert not any("alice" in line.text for line in found.proof)
