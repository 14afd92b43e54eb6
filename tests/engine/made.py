"""What the tests are made of: rules that say what they are told, accounts, places in a text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from iamgen_rules.account.binding import EVERYTHING
from iamgen_rules.account.from_resources import Built
from iamgen_rules.account.model import Account, Group, Inline, Kind, User
from iamgen_rules.engine.checking import Read, check
from iamgen_rules.engine.report import Report
from iamgen_rules.rule import ACT, Line, Rule, Severity, Violation
from iamgen_rules.settings import Settings
from iamgen_rules.source import Place, Span
from iamgen_rules.subject import Subject, Who

TODAY = date(2026, 11, 25)
NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
NAMES = {
    "IAM001": "admin-user-without-mfa",
    "IAM002": "admin-group-without-mfa",
    "IAM004": "mfa-condition-misses-sessions",
    "IAM014": "exclusive-attachment-conflict",
}
NO_TEXT: Mapping[str, str] = {}


def at(document: str, line: int, width: int = 10) -> Place:
    """A place at a line of a document whose lines have 100 characters each."""
    return Place(document, "", Span(100 * line, 100 * line + width, line, 1, line))


def found_in(text: str, part: str, document: str = "main.tf") -> Place:
    """The place of a part of a text."""
    start = text.index(part)
    line = text.count("\n", 0, start) + 1
    column = start - text.rfind("\n", 0, start)
    return Place(document, "", Span(start, start + len(part), line, column, line + part.count("\n")))


def who(name: str, place: Place | None = None, kind: Kind = "user", root: str = ".") -> Who:
    """Somebody with the address that Terraform gives."""
    return Who(kind, name, f"aws_iam_{kind}.{name}", place or Place("who.tf"), root)


def violation(place: Place, *principals: Who, severity: Severity = "critical", **more: Any) -> Violation:
    """A violation, whose reason names the first of its principals."""
    reason = tuple(Line(f"{one.name} may", place) for one in principals[:1])
    values: dict[str, Any] = {"message": "the gate is open", "consequence": ACT, "about": "aws_iam_policy.gate"} | more
    return Violation(place, severity=severity, principals=principals, reason=reason, **values)


def rules(said: Mapping[str, list[Violation]]) -> Mapping[str, Rule]:
    """All rules; each says what it is told here."""
    return {code: rule(code, said.get(code, [])) for code in NAMES}


def rule(code: str, said: list[Violation]) -> Rule:
    """A rule that says this of the principals of each root that it is asked about, and of nobody in all of them."""

    def find(subject: Subject) -> Iterator[Violation]:
        yield from (one for one in said if all(each.root == subject.root for each in one.principals))

    return Rule(code, NAMES[code], "critical", "", find)


@cache
def account(*users: str, root: str = ".", folder: str = "") -> Subject:
    """Administrators without a gate, and a group without a policy."""
    inline = (Inline("all", EVERYTHING),)
    made = tuple(User(name, inline=inline, address=f"aws_iam_user.{name}") for name in users)
    groups = (Group("staff", address="aws_iam_group.staff"),)
    return Subject(Built("aws", Account(users=made, groups=groups)), NOW, root, folder=folder)


def settings(**values: Any) -> Settings:
    """Settings as they are when nothing is said."""
    return Settings(TODAY, **values)


def report(said: Mapping[str, list[Violation]], texts: Mapping[str, str] = NO_TEXT, **values: Any) -> Report:
    """The report on one account."""
    return check([account("alice")], rules(said), settings(**values), Read(texts, files=1))
