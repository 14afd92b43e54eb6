"""What tests of `why` share: accounts of cases, judged, and answers in few words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from account.account_build import NOW, account, ref
from iamgen_rules.account.from_resources import Built
from iamgen_rules.subject import Subject
from iamgen_rules.why.answer import Answer
from iamgen_rules.why.explaining import Wish, answer

WORDS = ("no", "unknown", "yes")
KINDS = ("users", "groups", "roles", "policies", "compute")


def subject(raw: Mapping[str, Any]) -> Subject:
    """The account of a case."""
    return Subject(Built("aws", account({kind: raw[kind] for kind in KINDS if kind in raw})), NOW)


def answered(raw: Mapping[str, Any], action: str | None = None, resource: str | None = None) -> Answer:
    """What is said of the one whom a case asks about."""
    return answer(subject(raw), ref(raw["whom"]), Wish(raw["whom"], action, resource))


def cells(found: Answer) -> dict[str, str]:
    """`{"full": "no no yes"}`: each row, of a role or path by its name, in the order of the sessions."""
    return {
        " ".join((row.capability, row.of.removeprefix("role:"))).strip(): " ".join(
            WORDS[row.cells[kind].truth.level] for kind in found.sessions
        )
        for row in found.rows
    }


def replies(found: Answer) -> str:
    """`denied denied allowed`, in the order of the sessions."""
    question = found.question
    assert question is not None
    return " ".join(("denied", "unknown", "allowed")[one.allowed.level] for one in question.replies)
