"""The text form: two answers as they were read and approved, and what holds of all."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import chdir
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from iamgen_rules.report.words import WIDTH, columns
from iamgen_rules.settings import Settings
from iamgen_rules.why.answer import Answer, Answers
from iamgen_rules.why.explaining import Wish, why
from iamgen_rules.why.text import render
from why.made import answered
from why.test_capabilities import CASES
from why.test_question import questions

GOLDEN = Path(__file__).parent / "golden"
HOSTILE = "a\x1b[31mb\nc\u202ed" + "x" * 100


@pytest.mark.parametrize(("root", "name"), [("misses_keys", "alice"), ("behind_a_role", "bob")])
def test_an_answer_in_full(root: str, name: str) -> None:
    with chdir(GOLDEN / root):
        text = render(why(Wish(name), ["."], Settings(date(2026, 7, 1))))
    assert text == (GOLDEN / root / f"{name}.txt").read_text(encoding="utf-8")


def narrow(text: str) -> bool:
    """Whether no line is wider than a terminal, but for a path, and nothing steers it."""
    return all(line.isprintable() and (columns(line) <= WIDTH or "/" in line) for line in text.splitlines())


def texts(found: Answer) -> str:
    """The answer, alone and told apart from others."""
    assert render(Answers((found,))).count(found.judgement.verdict) >= 1
    return render(Answers((found, found)))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_every_answer_is_read_at_80_columns(case: Mapping[str, Any]) -> None:
    assert narrow(texts(answered(case)))


@pytest.mark.parametrize(("case", "action", "resource", "expected"), [*questions()])
def test_every_reply_says_what_is_allowed(case: Mapping[str, Any], action: str, resource: str, expected: str) -> None:
    found = answered(case, action, resource or None)
    text = render(Answers((found,)))
    starts = [f"{kind.value}: {word}" for kind, word in zip(found.sessions, expected.split(), strict=True)]
    assert [line.split(",")[0] for line in text.splitlines() if line.startswith(tuple(starts))] == starts
    assert narrow(text)


def test_nothing_in_a_name_steers_a_terminal() -> None:
    found = answered(CASES[0])
    hostile = replace(found, who=found.who._replace(name=HOSTILE, address=HOSTILE))
    rows = tuple(replace(row, label=HOSTILE) for row in found.rows)
    statements = tuple(replace(one, name=HOSTILE, chain=one.chain._replace(text=HOSTILE)) for one in found.statements)
    text = render(Answers((replace(hostile, rows=rows, statements=statements),)))
    assert narrow(text)
    assert "\\x1b[31m" in text


def test_of_many_roles_some_are_told_those_that_are_open_first() -> None:
    admin = {"attached": ["AdministratorAccess"]}
    closed = [{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::ACCOUNT:user/carol"}, "Action": "sts:AssumeRole"}]
    roles = {f"r{n:02}": {**admin, "trust": "trust-account" if n == 29 else closed} for n in range(30)}
    assume = {"allow": "sts:AssumeRole", "on": "role/r29"}
    found = answered({"users": {"alice": {"inline": {"a": [assume]}}}, "roles": roles, "whom": "user alice"})
    lines = render(Answers((found,))).splitlines()
    told = [line.split()[2] for line in lines if line.startswith("enter role")]
    assert (len(told), told[-1]) == (10, "r29")
    assert "and 20 more roles (--format json)" in lines


def test_several_who_are_called_so_are_told_apart() -> None:
    found = answered(CASES[0])
    other = replace(found, who=found.who._replace(root="prod"), provider="aws.other")
    text = render(Answers((found, other)))
    assert "user:alice, aws of ." in text
    assert "user:alice, aws.other of prod" in text
