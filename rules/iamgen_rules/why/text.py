"""Answers for people at a terminal: a table of capabilities by sessions, and below it why; 80 columns, no colour."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from iamgen_rules.policy.session import Kind
from iamgen_rules.policy.truth import Truth
from iamgen_rules.report.naming import at, called
from iamgen_rules.report.words import WIDTH, columns, crop, safe, wrap
from iamgen_rules.rule import Line
from iamgen_rules.why.answer import Answer, Answers, Reply, Row, Said

_INDENT, _HANGING = "   ", "     "
_MOST_ROLES, _MOST_STATEMENTS, _MOST_PATHS = 10, 10, 15
_WORDS = ("no", "unknown", "yes")
_VERBS = ("does not apply", "may apply", "applies")
_APPLIES = 2
_NARROWEST = len("unknown")


def render(answers: Answers) -> str:
    """The answers, each told apart from the others."""
    several = len(answers.answers) > 1
    blocks = [block for one in answers.answers for block in _answer(one, several=several)]
    return "\n\n".join("\n".join(block) for block in blocks if block) + "\n"


def _answer(one: Answer, *, several: bool) -> Iterator[list[str]]:
    yield _head(one, several=several)
    if one.question is not None:
        for reply in one.question.replies:
            yield list(_reply(one, reply))
    else:
        yield list(_table(one))
        for title, effect in (("allowed by", "Allow"), ("denied by", "Deny")):
            yield list(_statements(title, [said for said in one.statements if said.effect == effect], one.sessions))
        yield list(_proof(one))
    yield wrap(f"not known: {', '.join(one.unknowns)}", rest=_INDENT) if one.unknowns else []


def _head(one: Answer, *, several: bool) -> list[str]:
    who, judged = one.who, one.judgement
    where = f" ({at(who.place)})" if at(who.place) else ""
    account = f", {one.provider} of {who.root}" if several else ""
    name = called(who.kind, who.name)
    lines = wrap(f"{'a new member of ' if who.kind == 'group' else ''}{name} {one.meaning}", rest=_INDENT)
    lines += wrap(f"{judged.verdict}, class {judged.klass}: {who.address}{where}{account}", _INDENT, _HANGING)
    if one.question is not None:
        on = f" on {one.question.resource}" if one.question.resource is not None else ""
        lines += wrap(f"asked: {one.question.action}{on}", _INDENT, _HANGING)
    return lines


def _table(one: Answer) -> Iterator[str]:
    widths = {kind: max(len(kind.value), _NARROWEST) + 2 for kind in one.sessions}
    label = WIDTH - sum(widths.values())
    yield _aligned("", [kind.value for kind in one.sessions], label, list(widths.values()))
    for row in _shown(one.rows):
        yield _aligned(row.label, [_word(row.cells[kind].truth) for kind in one.sessions], label, list(widths.values()))
    for capability, most, what in (("path", _MOST_PATHS, "paths"), ("enter", _MOST_ROLES, "roles")):
        rest = sum(row.capability == capability for row in one.rows) - most
        if rest > 0:
            yield f"and {rest} more {what} (--format json)"


def _shown(rows: Sequence[Row]) -> Iterator[Row]:
    """The rows but for all too many roles and paths; those that are open anywhere come first."""
    for capability, most in (("path", _MOST_PATHS), ("enter", _MOST_ROLES)):
        own = [row for row in rows if row.capability == capability]
        hidden = set(map(id, sorted(own, key=lambda row: all(cell.truth.is_no for cell in row.cells.values()))[most:]))
        rows = [row for row in rows if id(row) not in hidden]
    yield from rows


def _aligned(label: str, cells: Sequence[str], width: int, widths: Sequence[int]) -> str:
    shown = crop(safe(label), width - 1)
    padded = shown + " " * (width - columns(shown))
    return (padded + "".join(f"  {cell:<{column - 2}}" for cell, column in zip(cells, widths, strict=True))).rstrip()


def _word(truth: Truth) -> str:
    return _WORDS[truth.level]


def _statements(title: str, found: Sequence[Said], sessions: Sequence[Kind]) -> Iterator[str]:
    told = [one for one in found if not one.elsewhere]
    if told:
        yield f"{title}:"
    for one in told[:_MOST_STATEMENTS]:
        yield from _statement(one, sessions)
    if len(told) > _MOST_STATEMENTS:
        yield f"{_INDENT}and {len(told) - _MOST_STATEMENTS} more (--format json)"


def _statement(one: Said, sessions: Sequence[Kind]) -> Iterator[str]:
    by_reason: dict[tuple[int, str], list[str]] = {}
    for kind in sessions:
        if kind in one.sessions:
            truth, because = one.sessions[kind]
            by_reason.setdefault((truth.level, because), []).append(kind.value)
    everywhere = len(by_reason) == 1 and (_APPLIES, "") in by_reason
    yield from wrap(_named(one), _INDENT, _HANGING)
    yield from wrap(_line(one.chain), _HANGING, _HANGING + "  ")
    for (level, because), kinds in by_reason.items():
        told = "in every session" if everywhere and len(kinds) == len(sessions) else ", ".join(kinds)
        yield from wrap(f"{told}: {_VERBS[level]}{_because(because)}", _HANGING, _HANGING + "  ")


def _because(because: str) -> str:
    return f": {because}" if because else ""


def _named(one: Said) -> str:
    """The statement, and where it stands unless what puts it in force stands there."""
    remarks = (("it asks for MFA", one.gate), ("permissions boundary", one.boundary))
    more = "".join(f", {remark}" for remark, holds in remarks if holds)
    where = f" ({at(one.place)})" if at(one.place) and one.place != one.chain.place else ""
    return f"{one.name}{where}{more}"


def _line(line: Line) -> str:
    """A line, and its place where it does not name that."""
    where = "" if line.place is None else at(line.place)
    return line.text if not where or where in line.text else f"{line.text} ({where})"


def _proof(one: Answer) -> Iterator[str]:
    titles = {"ungated": "without MFA:", "undecided": "perhaps without MFA:", "gated": "with MFA:"}
    if one.proof:
        yield titles.get(one.judgement.verdict, "how:")
    for line in one.proof:
        yield from wrap(_line(line), _INDENT, _HANGING)


def _reply(one: Answer, reply: Reply) -> Iterator[str]:
    asked = one.question is not None and one.question.resource is None and not reply.allowed.is_no
    on = f", for example on {reply.resource}" if asked else ""
    through = f", through {reply.through}" if reply.through else ""
    chosen = "".join(f", {key}" for key in reply.chosen) if not reply.allowed.is_no else ""
    verdict = ("denied", "unknown", "allowed")[reply.allowed.level]
    yield from wrap(f"{reply.kind.value}: {verdict}{on}{through}{chosen}", rest=_INDENT)
    if reply.refused:
        yield f"{_INDENT}AWS refuses this call to such sessions, whatever the policies"
    elif not any(said.effect == "Allow" and not _fails(said) for said in reply.statements):
        yield f"{_INDENT}no statement allows it"
    for said in reply.statements:
        yield from _deciding(said, reply.kind)


def _fails(one: Said) -> bool:
    return all(applies.truth.is_no for applies in one.sessions.values())


def _deciding(one: Said, kind: Kind) -> Iterator[str]:
    truth, because = one.sessions[kind]
    yield from wrap(f"{one.effect} by {_named(one)}: {_VERBS[truth.level]}{_because(because)}", _INDENT, _HANGING)
    yield from wrap(_line(one.chain), _HANGING, _HANGING + "  ")
