"""The decision cases, as questions that the judge can be told: it has no word for unknown, and none for never met."""

from __future__ import annotations

import json
from collections.abc import Iterator

from iamgen_rules.policy.session import Kind, Session
from policy.cases import Case, call, cases, identity, steps_of
from simulate.judge import Documents
from simulate.trials import Asked

_WORDLESS = ('"unknown"', '"parts"')


def questions() -> Iterator[Asked]:
    """Every call of every case of which everything is known."""
    for _, case in cases():
        text = json.dumps(case)
        is_told = case["expected"] in ("yes", "no") and not any(word in text for word in _WORDLESS)
        if is_told and not ('"tags": null' in text and "ResourceTag/" in text):
            yield from calls(case)


def calls(case: Case) -> Iterator[Asked]:
    """The calls of a case."""
    session = Session(identity(case), Kind(case["session"]))
    for step in steps_of(case):
        yield Asked(session, call(step, case), documents(case, trusted=bool(step.get("trust"))))


def documents(case: Case, *, trusted: bool) -> Documents:
    """What bears on the caller of a case."""

    def plain(named: Case) -> Case:
        (document,) = named.values()
        found: Case = document
        return found

    return Documents(
        identity=[plain(one) for one in case["policies"]],
        boundary=case.get("boundary"),
        scps=[[plain(one) for one in level] for level in case.get("scps", ())],
        trust=case["trust"] if trusted else None,
        own_account=case.get("own_account", True),
    )
