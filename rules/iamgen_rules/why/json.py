"""Answers in JSON, for programs, as docs/why.schema.json describes; texts are escaped to ASCII."""

from __future__ import annotations

import json
from typing import Any

from iamgen_rules.errors import Problem
from iamgen_rules.policy.truth import Truth
from iamgen_rules.rule import Line
from iamgen_rules.source import Place
from iamgen_rules.why.answer import Answer, Answers, Question, Reply, Row, Said

Object = dict[str, Any]
_WORDS = ("no", "unknown", "yes")


def render(answers: Answers) -> str:
    """The answers as one JSON object, indented."""
    return json.dumps(data(answers), indent=2) + "\n"


def data(answers: Answers) -> Object:
    """The answers as plain data, keys in the order of the schema."""
    return {
        "principals": [_answer(one) for one in answers.answers],
        "errors": [_problem(one) for one in answers.errors],
        "uninstalled": list(answers.uninstalled),
    }


def _answer(one: Answer) -> Object:
    return {
        "kind": one.who.kind,
        "name": one.who.name,
        "address": one.who.address,
        **_where(one.who.place),
        "root": one.who.root,
        "provider": one.provider,
        "class": one.judgement.klass,
        "verdict": one.judgement.verdict,
        "unknowns": list(one.unknowns),
        "sessions": [kind.value for kind in one.sessions],
        "capabilities": [_row(row) for row in one.rows],
        "statements": [_said(said) for said in one.statements],
        "proof": [_line(line) for line in one.proof],
        "question": None if one.question is None else _question(one.question),
    }


def _row(row: Row) -> Object:
    return {
        "capability": row.capability,
        "of": row.of or None,
        "text": row.label,
        "sessions": {kind.value: _truth(cell.truth) for kind, cell in row.cells.items()},
    }


def _truth(truth: Truth) -> Object:
    return {"answer": _WORDS[truth.level], "unknowns": sorted(truth.missing) if truth.is_unknown else []}


def _said(one: Said) -> Object:
    return {
        "effect": one.effect,
        "statement": one.name,
        "policy": one.policy,
        **_where(one.place),
        "attached": _line(one.chain),
        "gate": one.gate,
        "boundary": one.boundary,
        "sessions": {
            kind.value: {"applies": _WORDS[truth.level], "because": because or None}
            for kind, (truth, because) in one.sessions.items()
        },
    }


def _question(one: Question) -> Object:
    return {"action": one.action, "resource": one.resource, "replies": [_reply(reply) for reply in one.replies]}


def _reply(one: Reply) -> Object:
    return {
        "session": one.kind.value,
        "allowed": _WORDS[one.allowed.level],
        "resource": one.resource,
        "chosen": list(one.chosen),
        "through": one.through or None,
        "refused": one.refused,
        "statements": [_said(said) for said in one.statements],
    }


def _line(line: Line) -> Object:
    return {**(_where(line.place) if line.place is not None else {"file": None, "line": None}), "text": line.text}


def _where(place: Place) -> Object:
    return {"file": place.document or None, "line": None if place.span is None else place.span.line}


def _problem(problem: Problem) -> Object:
    said = ": ".join(part for part in (problem.place.address, problem.message) if part)
    return {**_where(problem.place), "message": said}
