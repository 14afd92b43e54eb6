"""Open principals, put together by the statement that leaves them open."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping

from iamgen_rules.account.binding import Binding, trust_of
from iamgen_rules.account.model import Ref
from iamgen_rules.gates.bearers import policy_key
from iamgen_rules.gates.causes import Cause, How, Open, causes
from iamgen_rules.gates.rights import ADMINISTRATORS
from iamgen_rules.gates.telling import told
from iamgen_rules.policy.document import Statement
from iamgen_rules.rule import Consequence, Line
from iamgen_rules.subject import Subject, Who

_NO_GATE: tuple[How, ...] = ("grant", "trust", "foreign")
POWER = Consequence("power user acts without MFA", "power users act without MFA")


def key(binding: Binding, statement: Statement) -> Hashable:
    """Which statement of which policy, whoever has it."""
    return (policy_key(binding), statement.index)


def by_statement(opened: Iterable[Open]) -> Mapping[Hashable, list[Open]]:
    """Those whom each statement leaves open; those of whom there is a proof of their own first."""
    found: dict[Hashable, list[Open]] = {}
    for one in sorted(opened, key=lambda one: (one.ref.kind == "role", one.judgement.like is not None)):
        found.setdefault(key(one.cause.binding, one.cause.statement), []).append(one)
    return found


def administrators(subject: Subject, *hows: How) -> Iterator[Open]:
    """Open administrators, of these causes; who is left with power alone only where a gate fails."""
    for one in causes(subject):
        lesser = one.judgement.verdict == "gated" or (one.judgement.bare and one.cause.how in _NO_GATE)
        if one.cause.how in hows and one.judgement.klass in ADMINISTRATORS and not lesser:
            yield one


def of_power(subject: Subject, *hows: How) -> Iterator[Open]:
    """Those who have power without MFA, and no more: no administrators, or administrators with MFA alone.

    Administrators with MFA alone are those that are full and `bare`, and those that are gated.
    """
    for one in causes(subject):
        bare = one.judgement.bare and one.cause.how in _NO_GATE
        if one.cause.how in hows and (one.judgement.verdict in ("not-admin", "gated") or bare):
            yield one


def everybody(subject: Subject, opened: Iterable[Open]) -> tuple[Who, ...]:
    """They as findings name them."""
    return tuple(dict.fromkeys(subject.who(one.ref) for one in opened))


def reason(subject: Subject, opened: Iterable[Open]) -> tuple[Line, ...]:
    """The proof of the first of them."""
    first = next(iter(opened))
    ref = first.ref
    if ref.kind == "role":
        return _of_role(subject, ref, first.cause)
    return told(subject, subject.steps(ref))


def _of_role(subject: Subject, ref: Ref, cause: Cause) -> tuple[Line, ...]:
    by = subject.judgements[ref].by
    anybody = "whoever is allowed to assume it comes in without MFA, and nobody declared is"
    comes = f"{by} comes in without MFA" if by is not None else anybody
    return (Line(f"role {ref.name}: {comes}", cause.place),)


def policies(subject: Subject) -> Iterator[Binding]:
    """Every policy that somebody wrote here, once: managed, inline, trusts; as a binding, to nobody if managed."""
    for one in subject.account.policies:
        if not one.aws:
            yield Binding(Ref("user", ""), "attached", one.arn, one.document, one.place, one.place, origin=one.origin)
    for ref in subject.judgements:
        for inline in subject.principal(ref).inline:
            place = inline.place
            yield Binding(ref, "inline", inline.name, inline.document, place, place, origin=inline.origin)
    yield from (trust_of(role) for role in subject.account.roles)
