"""The statements that allow and deny what was asked, and in which sessions they apply to any of it."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from itertools import chain, zip_longest
from typing import NamedTuple

from iamgen_rules.account.binding import trust_of
from iamgen_rules.account.calls import Call
from iamgen_rules.account.proof import Ground, step
from iamgen_rules.gates import naming, telling
from iamgen_rules.gates.statements import is_gate, mfa_conditions
from iamgen_rules.policy.decision import Policy, cite
from iamgen_rules.policy.request import Request
from iamgen_rules.policy.session import Kind
from iamgen_rules.why.answer import Applies, Row, Said
from iamgen_rules.why.capabilities import Capabilities

_MOST_CALLS = 24  # of one session: what more tells seldom says another statement
_ANYWHERE, _IN_ACTIONS, _IN_CONDITIONS = range(3)


class Near(NamedTuple):
    """A statement at the request to which it applies, or where it comes nearest to that."""

    ground: Ground
    request: Request


def statements(found: Capabilities, rows: Iterable[Row]) -> tuple[Said, ...]:
    """The statements that bear on what the rows are about: Allows first."""
    by_statement: dict[Hashable, dict[Kind, Near]] = {}
    for kind, calls in _calls(rows).items():
        for call in calls:
            request = step(found.asker, "", call, found.edits).request
            for ground in bearing(found, call, request):
                _note(by_statement.setdefault((ground.binding, ground.cited.statement), {}), kind, ground, request)
    return tuple(sorted((said(found, near) for near in by_statement.values()), key=lambda one: one.effect))


def _calls(rows: Iterable[Row]) -> Mapping[Kind, list[Call]]:
    """What was asked in each session, something of each row first."""
    by_kind: dict[Kind, list[tuple[Call, ...]]] = {}
    for row in rows:
        nobody = row.capability == "enter" and all(cell.truth.is_no for cell in row.cells.values())
        for kind, cell in row.cells.items() if not nobody else ():
            by_kind.setdefault(kind, []).append(cell.calls)
    found: dict[Kind, list[Call]] = {}
    for kind, calls in by_kind.items():
        each = chain.from_iterable(zip_longest(*calls))
        found[kind] = list(dict.fromkeys(call for call in each if call is not None))[:_MOST_CALLS]
    return found


def bearing(found: Capabilities, call: Call, request: Request) -> Iterator[Ground]:
    """Every Deny, and the Allows that apply or would, if it were not for a condition."""
    index, role = found.asker.index, call.target.holder if call.target.entered else None
    bindings = index.bindings(found.caller, found.edits)
    for one in bindings if role is None else (*bindings, trust_of(index.roles[role.name])):
        for cited in cite(request, Policy(one.label, one.effective)):
            because = cited.because
            if cited.statement.effect == "Deny" or because is None or because.condition or not cited.applies.is_no:
                yield Ground(one, cited)


def _note(near: dict[Kind, Near], kind: Kind, ground: Ground, request: Request) -> None:
    if kind not in near or _nearness(ground) > _nearness(near[kind].ground):
        near[kind] = Near(ground, request)


def _nearness(ground: Ground) -> tuple[int, int]:
    """Of two calls to which it does not apply, the one where only a condition is not met says more."""
    because = ground.cited.because
    if because is None or because.condition is not None:
        return ground.cited.applies.level, _IN_CONDITIONS
    return ground.cited.applies.level, _ANYWHERE if because.what == "Action" else _IN_ACTIONS


def said(found: Capabilities, near: Mapping[Kind, Near]) -> Said:
    """A statement, as it is told."""
    ground = next(iter(near.values())).ground
    statement, binding = ground.cited.statement, ground.binding
    return Said(
        statement.effect,
        naming.named(binding, statement),
        naming.policy_name(binding),
        naming.stands(ground),
        telling.chain(found.subject, found.caller, binding),
        _asks_for_mfa(ground),
        binding.how == "boundary",
        {
            kind: Applies(one.ground.cited.applies, telling.because(one.ground, one.request))
            for kind, one in near.items()
        },
        all(_is_elsewhere(one.ground) for one in near.values()),
    )


def _is_elsewhere(ground: Ground) -> bool:
    because = ground.cited.because
    return ground.cited.applies.is_no and because is not None and because.what == "Action"


def _asks_for_mfa(ground: Ground) -> bool:
    """Whether a statement denies without MFA, or allows with MFA only."""
    statement = ground.cited.statement
    return is_gate(statement) or (statement.effect == "Allow" and bool(mfa_conditions(statement)))
