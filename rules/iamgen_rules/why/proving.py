"""The verdict on a principal in words, with a proof of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from iamgen_rules.account.model import ACCOUNT, Ref, Role
from iamgen_rules.account.proof import proof
from iamgen_rules.account.trace import Trace
from iamgen_rules.account.verdict import Judgement, Verdict
from iamgen_rules.gates import naming, telling
from iamgen_rules.policy.document import Principal
from iamgen_rules.rule import Line
from iamgen_rules.source import Place
from iamgen_rules.subject import Subject

_MEANING: Mapping[Verdict, str] = {
    "ungated": "acts as an administrator without MFA",
    "gated": "is an administrator, and needs MFA for it",
    "undecided": "is an administrator, and may need no MFA for it",
    "not-admin": "is no administrator",
    "elsewhere": "is entered by those whom a service or identity provider lets in",
}


def judged(subject: Subject, ref: Ref) -> Judgement:
    """The judgement on somebody, with traces that are about nobody else who is alike."""
    found = subject.judgements[ref]
    if found.like is None:
        return found
    return subject.judge.user(ref.name) if ref.kind == "user" else subject.judge.group(ref.name)


def meaning(judgement: Judgement) -> str:
    """The verdict in words."""
    if judgement.verdict == "undecided" and judgement.klass == "unknown":
        return "may be an administrator"
    powerful = judgement.verdict in ("not-admin", "gated") and judgement.open is not None
    more = ", and has power without MFA" if powerful and judgement.klass != "unknown" else ""
    return f"{_MEANING[judgement.verdict]}{more}"


def lines(subject: Subject, judgement: Judgement) -> tuple[Line, ...]:
    """The proof: how without MFA; where that is not known to be possible, how with MFA."""
    if judgement.ref.kind == "role":
        return tuple(_of_role(subject, judgement))
    return _told(subject, judgement.open or judgement.way)


def _told(subject: Subject, trace: Trace | None) -> tuple[Line, ...]:
    return () if trace is None else telling.told(subject, proof(subject.judge, trace))


def _of_role(subject: Subject, judgement: Judgement) -> Iterator[Line]:
    role = subject.principal(judgement.ref)
    if not isinstance(role, Role) or judgement.verdict == "not-admin":
        return
    yield from _who_comes(subject, judgement, role)
    yield from _told(subject, judgement.way)


def _who_comes(subject: Subject, judgement: Judgement, role: Role) -> Iterator[Line]:
    """Who is let in; of somebody who comes without MFA, how."""
    if judgement.by is not None:
        how = "without MFA" if judgement.verdict == "ungated" else "perhaps without MFA"
        who = subject.who(judgement.by)
        yield Line(f"{judgement.by} may come in{f' {how}' if judgement.verdict != 'gated' else ''}", who.place)
        if judgement.verdict in ("ungated", "undecided") and judgement.by.kind != "role":
            yield from _told(subject, judged(subject, judgement.by).open)
        return
    for entry in judgement.entries:
        how = " without MFA" if entry.open.is_yes else " perhaps without MFA"
        yield Line(f"its trust lets in {_told_principal(entry.principal)}{how}", _place(role, entry.statement.index))
    for statement in role.trust.statements if not judgement.entries else ():
        for principal in statement.principals if statement.effect == "Allow" else ():
            yield Line(f"its trust lets in {_told_principal(principal)}", _place(role, statement.index))


def _told_principal(principal: Principal) -> str:
    """`this account`, `arn:aws:iam::ACCOUNT:user/alice`, `Service ec2.amazonaws.com`."""
    value = naming.whole(principal.value)
    if value == ACCOUNT or value.endswith(":ACCOUNT:root"):
        return "this account"
    return "anybody" if value == "*" else value if principal.type == "AWS" else f"{principal.type} {value}"


def _place(role: Role, statement: int) -> Place:
    return role.place if role.origin is None else role.origin.place(("Statement", statement))
