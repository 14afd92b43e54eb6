"""Every ungating action against every carrier of the gate, exempt or not: the table in `ungating.txt`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from account.account_build import NOW, account
from iamgen_rules.account.judging import judge
from iamgen_rules.account.model import Ref
from iamgen_rules.policy.escalation import ungating

TABLE = Path(__file__).with_name("ungating.txt").read_text(encoding="utf-8")
CARRIERS = (
    *("user-policy", "group-policy", "user-inline", "group-inline", "boundary", "membership"),
    *("role-policy", "role-inline", "role-boundary"),
)
ALICE = Ref("user", "alice")
ADMIN = "AdministratorAccess"
TAG = {"mfa": "required"}
WITHOUT_MFA = {"BoolIfExists": {"aws:MultiFactorAuthPresent": "false"}}
GATES = {"gate": WITHOUT_MFA, "gate-on-a-tag": {**WITHOUT_MFA, "StringEquals": {"aws:PrincipalTag/mfa": "required"}}}


class Cell(NamedTuple):
    gate: str
    action: str
    carrier: str
    expected: str


def _cells() -> Iterator[Cell]:
    gate, carriers = "", list[str]()
    for line in TABLE.splitlines():
        match line.split():
            case [first, *rest] if first in GATES:
                gate, carriers = first, rest
            case [action, *rest] if action != "#":
                yield from (Cell(gate, action, *pair) for pair in zip(carriers, rest, strict=True))
            case _:
                pass


CELLS = list(_cells())


def _gated(gate: str, action: str, carrier: str) -> Mapping[str, Any]:
    """An administrator whose gate is carried in this way and exempts the action."""
    exempt = "iam:GetUser" if action == "nothing" else action
    deny = {"Effect": "Deny", "NotAction": exempt, "Resource": "*", "Condition": GATES[gate]}
    policies = {"g": [deny], "b": [{"allow": "*"}, deny]}
    held: dict[str, Any] = {"attached": [ADMIN], "tags": TAG}
    if carrier.startswith("role"):
        on_role: Mapping[str, Mapping[str, Any]] = {
            "role-policy": {"attached": [ADMIN, "g"]},
            "role-inline": {"inline": {"g": [deny]}},
            "role-boundary": {"boundary": "b"},
        }
        role = {"trust": "trust-account", **held, **on_role[carrier]}
        user = {"inline": {"a": [{"allow": "sts:AssumeRole", "on": "role/Ops"}]}, "tags": TAG}
        return {"policies": policies, "users": {"alice": user}, "roles": {"Ops": role}}
    on_user: Mapping[str, Mapping[str, Any]] = {
        "user-policy": {"attached": [ADMIN, "g"]},
        "user-inline": {"inline": {"g": [deny]}},
        "boundary": {"boundary": "b"},
    }
    on_group: Mapping[str, Mapping[str, Any]] = {
        "group-policy": {"attached": ["g"]},
        "group-inline": {"inline": {"g": [deny]}},
        "membership": {"attached": ["g"], "inline": {"g": [deny]}},
    }
    user = {**held, **on_user.get(carrier, {"groups": ["staff"]})}
    return {"policies": policies, "users": {"alice": user}, "groups": {"staff": on_group.get(carrier, {})}}


@pytest.mark.parametrize("cell", CELLS, ids=lambda cell: f"{cell.gate}: {cell.action} {cell.carrier}")
def test_an_exempt_action_ungates_where_it_takes_the_carrier_away(cell: Cell) -> None:
    found = judge(account(_gated(cell.gate, cell.action, cell.carrier)), NOW)[ALICE]
    klass = "assume" if cell.carrier.startswith("role") else "full"
    assert (found.klass, found.verdict) == (klass, cell.expected)


def test_the_table_has_every_ungating_action_and_every_carrier() -> None:
    known = {action for actions in ungating().values() for action in actions}
    asked = {(cell.action, cell.carrier) for cell in CELLS if cell.gate == "gate"}
    assert asked == {(action, carrier) for action in (*known, "nothing", "iam:*") for carrier in CARRIERS}
    by_label = {(cell.action, cell.carrier) for cell in CELLS if cell.gate == "gate-on-a-tag"}
    assert by_label == {(action, carrier) for action in (*ungating()["relabel"], "nothing") for carrier in CARRIERS}
