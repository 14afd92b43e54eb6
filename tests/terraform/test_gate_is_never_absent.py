"""Each field of a roster changes in turn: no user who is gated before and after is without the gate in between."""

from __future__ import annotations

import re

import pytest

from iamgen.roster import Roster
from moto_iam import Call, Moto
from terraform import actual
from terraform.changes import FOLDER, Step, fields, steps
from terraform.gate_log import Account, Holder, lapses
from terraform.roots import Place, read, terraform
from tf import Change, Report

_VARIABLES = {"ops_users": '["erin"]', "crew": '["erin"]'}
_GATE = re.compile(r"attachment\..*require_mfa")
_UNRENDERED = {
    "version": "there is one",
    "account": "read by profiles only",
    "region": "read by profiles only",
    "partition": "read by profiles only",
    "users.mfa_serial": "read by profiles only",
    "output.path": "where the files go",
    "output.module_source": "another form: test_going_over_to_modules_moves_everything",
}
_OF_THE_LINTER = "lint."


def test_every_field_changes() -> None:
    """A field that is added to the roster is missed here."""
    changed = {step.field for path in FOLDER.glob("*.yaml") for step in steps(path.stem)}
    rendered = {name for name in fields(Roster) if not name.startswith(_OF_THE_LINTER)}
    assert rendered - changed == _UNRENDERED.keys()
    assert changed - set(fields(Roster)) == {"sudo_roles", "groups", "users"}  # added and taken away as wholes


def _judge(step: Step, report: Report, calls: list[Call], model: Account) -> None:
    assert lapses(model, calls) == []
    assert _in_order(report)
    assert sorted({call.action for call in calls}) == step.calls
    assert step.warns in "".join(report.warnings)
    assert bool(step.warns) == bool(report.warnings)


def _in_order(report: Report) -> bool:
    """Whether the first gate went only when the last one had come."""
    gates = [(number, step) for number, step in enumerate(report.steps) if _GATE.search(step.address)]
    came = [number for number, step in gates if step.action == "create" and step.done]
    went = [number for number, step in gates if step.action == "delete" and not step.done]
    return not came or not went or max(came) < min(went)


def _as_told(account: Moto, model: Account) -> None:
    """The record, played again, has led to what IAM holds now."""
    found = actual.account(account.iam())
    assert {(user, group) for user, each in found["users"].items() for group in each["groups"]} == model.members
    for kind in ("users", "groups"):
        held = {name: Holder(set(each["inline"]), set(each["attached"])) for name, each in found[kind].items()}
        assert held == getattr(model, kind)


def _change(account: Moto, place: Place, chapter: str, *, modules: bool = False) -> None:
    data, model = read("base"), Account()
    where = place(terraform(data, modules), **_VARIABLES)
    where.apply()
    assert model.gated() == set()
    assert lapses(model, account.changes()) == []
    assert model.gated() == {"alice", "bob", "carol", "dave", "erin"}
    for step in steps(chapter):
        data = step.on(data)
        account.forget()
        where.write(terraform(data, modules))
        if step.forget:
            where.run("state", "rm", *step.forget)
        if modules:
            where.init()
        _judge(step, where.apply("-refresh=false"), account.changes(), model)
    _as_told(account, model)
    assert where.unfinished() == []


@pytest.mark.parametrize("chapter", ["mfa", "sudo_roles", "groups", "users"])
def test_no_change_opens_the_gate(account: Moto, place: Place, chapter: str) -> None:
    _change(account, place, chapter)


def test_no_change_opens_the_gate_of_the_modules(account: Moto, place: Place) -> None:
    _change(account, place, "modules", modules=True)


def test_going_over_to_modules_moves_everything(account: Moto, place: Place) -> None:
    where = place(terraform(read("base")), **_VARIABLES)
    where.apply()
    account.forget()
    where.write(terraform(read("base"), modules=True))
    where.init()
    where.apply()
    assert account.changes() == []


@pytest.mark.usefixtures("account")
def test_one_attribute_of_one_role_changes_one_resource(place: Place) -> None:
    """Nothing of the rest becomes "known after apply"."""
    data = read("base")
    where = place(terraform(data, modules=True), **_VARIABLES)
    where.apply()
    data["sudo_roles"][0]["max_session"] = "2h"
    where.write(terraform(data, modules=True))
    role = "module.sudo_role_OpsSudo.aws_iam_role.this"
    assert where.plan().changes == [Change("update", role, imports=False)]


def test_fields_that_are_not_rendered_change_nothing() -> None:
    """Not a byte."""
    data = read("base")
    more = {
        "account": "123456789012",
        "region": "eu-west-1",
        "partition": "aws",
        "output": {"path": "infra"},
        "lint": {"strict": "true"},
    }
    user = {"name": "dave", "mfa_serial": "arn:aws:iam::123456789012:mfa/daves-phone"}
    assert terraform(data | more | {"users": [*data["users"][:-1], user]}) == terraform(data)
