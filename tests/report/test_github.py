"""GitHub's form: workflow commands that its runner reads back as they were meant, and nothing that it takes for one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iamgen_rules.engine.report import Report
from iamgen_rules.report import FORMATS
from iamgen_rules.rule import Severity
from iamgen_rules.source import Place, Span
from report.made import ALICE, BOB, HOSTILE, REPORTS, at, finding, report


class Command(NamedTuple):
    """A workflow command as the runner of GitHub Actions takes it apart."""

    name: str
    properties: Mapping[str, str]
    message: str


def read(line: str) -> Command | None:
    """As "Workflow commands for GitHub Actions" describes them: `::name key=value,key=value::message`."""
    found = re.fullmatch(r"\s*::(\w[\w-]*)(?: (.*?))?::(.*)", line)
    if found is None:
        return None
    pairs = (one.partition("=") for one in (found[2] or "").split(",") if one)
    properties = {key: unescaped(value, {"%3A": ":", "%2C": ","}) for key, _, value in pairs}
    return Command(found[1], properties, unescaped(found[3]))


def unescaped(text: str, more: Mapping[str, str] | None = None) -> str:
    known = {"%0D": "\r", "%0A": "\n", "%25": "%", **(more or {})}
    return re.sub("%..", lambda found: known.get(found.group(), found.group()), text)


def commands(one: Report) -> list[Command]:
    """The commands; what is left is the summary."""
    *lines, last = FORMATS["github"](one).splitlines()
    found = [command for command in map(read, lines) if command is not None]
    assert len(found) == len(lines)
    assert read(last) is None
    return found


def test_a_finding_in_full() -> None:
    (command,) = commands(REPORTS["example"])
    assert command == Command(
        "error",
        {
            "file": "mfa.tf",
            "line": "8",
            "col": "7",
            "endLine": "8",
            "title": "IAM004 mfa-condition-misses-sessions (critical)",
        },
        "the MFA condition misses access keys: 2 administrators act without MFA\n"
        "alice → group admins (groups.tf:4) → AdministratorAccess (groups.tf:20)\n"
        "with an access key, iam:CreateUser on * is allowed by AdministratorAccess;\n"
        "DenyWithoutMFA does not apply: Bool is false when aws:MultiFactorAuthPresent is absent\n"
        "principals: alice, bob\n"
        "fix: use BoolIfExists",
    )


@pytest.mark.parametrize(
    ("severity", "name"), [("critical", "error"), ("high", "error"), ("medium", "warning"), ("low", "notice")]
)
def test_a_severity_is_a_command(severity: Severity, name: str) -> None:
    (command,) = commands(report([finding("IAM001", None, ALICE, severity=severity)]))
    assert command.name == name


def test_the_worst_come_first_for_ten_are_shown() -> None:
    found = [finding("IAM011", at("a.tf", 1), BOB), finding("IAM001", at("b.tf", 1), ALICE)]
    assert [one.name for one in commands(report(found))] == ["error", "notice"]


def test_a_column_is_told_only_within_one_line_as_github_wants() -> None:
    several = Place("a.tf", "", Span(0, 30, 2, 3, 4))
    (command,) = commands(report([finding("IAM001", several, ALICE)]))
    assert [command.properties.get(key) for key in ("line", "col", "endLine")] == ["2", None, "4"]


def test_what_has_no_line_or_no_file_says_so_by_leaving_it_out() -> None:
    plan, nowhere = commands(REPORTS["null places"])
    assert list(plan.properties) == ["file", "title"]
    assert list(nowhere.properties) == ["title"]


def test_what_could_not_be_read_or_judged_is_told() -> None:
    _, *others = commands(REPORTS["errors"])
    assert [(one.name, one.properties.get("file"), one.message) for one in others] == [
        ("error", "bad.tf", "a syntax error"),
        ("error", "gone.tf", "cannot be read"),
        ("warning", None, "git::https://example.com/iam.git: terraform get"),
        ("notice", "users.tf", "suppresses nothing"),
    ]
    assert [one.name for one in commands(REPORTS["broken"])] == ["error"]


@pytest.mark.parametrize("name", ["suppressed", "baseline", "nothing found", "no principals"])
def test_what_does_not_count_is_no_command(name: str) -> None:
    assert commands(REPORTS[name]) == []


def test_hostile_text_makes_no_command_of_its_own() -> None:
    assert [one.name for one in commands(REPORTS["hostile"])] == ["error", "error", "error", "warning", "notice"]
    assert HOSTILE.encode("unicode_escape").decode("ascii") in commands(REPORTS["hostile"])[0].message


@settings(max_examples=60)
@given(st.text(st.sampled_from("%0A25:,=\r\n ::error"), max_size=20), st.text("ab:,%3A2C", min_size=1, max_size=10))
def test_what_is_escaped_is_read_back(message: str, document: str) -> None:
    (command,) = commands(report([finding("IAM001", Place(document), ALICE, message=message)]))
    assert command.properties["file"] == document
    assert command.message.split("\n")[0] == message.replace("\n", "\\n").replace("\r", "\\r")
