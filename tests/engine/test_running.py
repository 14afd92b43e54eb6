"""Which rules run, and what it costs when one of them raises."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

import pytest

from engine.made import NAMES, account, at, report, rules, settings, violation, who
from iamgen_rules.account.model import Account
from iamgen_rules.engine.checking import Read, check
from iamgen_rules.engine.exits import exit_code
from iamgen_rules.engine.report import Report
from iamgen_rules.engine.selection import selected
from iamgen_rules.errors import Problem, UsageError
from iamgen_rules.rule import Rule, Violation
from iamgen_rules.source import Place
from iamgen_rules.subject import Subject

ALL = sorted(NAMES)
SAID = {code: [violation(at("a.tf", line), who("alice"))] for line, code in enumerate(ALL, start=1)}


@pytest.mark.parametrize(
    ("select", "ignore", "expected"),
    [
        ([], [], ALL),
        (["IAM004"], [], ["IAM004"]),
        (["IAM004", "IAM001"], [], ["IAM001", "IAM004"]),
        ([], ["IAM004"], ["IAM001", "IAM002", "IAM014"]),
        (["IAM001", "IAM004"], ["IAM004"], ["IAM001"]),
        (["IAM004"], ["IAM004"], []),
    ],
)
def test_selected_rules_run(select: list[str], ignore: list[str], expected: list[str]) -> None:
    found = report(SAID, select=select, ignore=ignore)
    assert [one.code for one in found.findings] == expected
    assert list(found.rules) == expected


@pytest.mark.parametrize("option", ["select", "ignore"])
def test_a_code_that_is_none_is_refused_with_those_that_are_near(option: str) -> None:
    with pytest.raises(UsageError) as raised:
        selected(rules({}), settings(**{option: ["IAM001", "IAM005", "admin-group-without-mfa", "IAM005"]}))
    assert str(raised.value).splitlines() == [
        "there is no rule 'IAM005'; did you mean IAM001, IAM002 or IAM004?",
        "there is no rule 'admin-group-without-mfa'; did you mean IAM002?",
    ]


def test_a_long_code_is_cut_short() -> None:
    with pytest.raises(UsageError, match=r"^there is no rule 'x{40}…'$"):
        selected(rules({}), settings(select=["x" * 1_000_000]))


def breaking(code: str) -> Mapping[str, Rule]:
    """The rules, one of which raises behind the first thing that it says."""

    def find(_: Subject) -> Iterator[Violation]:
        yield from SAID[code]
        raise KeyError("who")

    return {**rules(SAID), code: replace(rules(SAID)[code], find=find)}


def test_a_rule_that_raises_is_named_and_costs_no_other_finding() -> None:
    found = check([account("alice")], breaking("IAM002"), settings(), Read(files=1))
    (broken,) = found.broken
    assert (broken.code, broken.name, broken.said) == ("IAM002", "admin-group-without-mfa", "KeyError: 'who'")
    assert broken.at.startswith("test_running.py:")
    assert [one.code for one in found.findings] == ALL


def test_of_a_rule_that_raised_nothing_is_called_stale() -> None:
    text = "# iamgen: ignore[IAM002,IAM004] why\na = 1\n"
    found = check([account("alice")], breaking("IAM002"), settings(), Read({"main.tf": text}, files=1))
    assert [problem.message for problem in found.stale] == ["ignore[IAM004] silences nothing"]


def test_an_account_that_cannot_be_judged_costs_no_other_account() -> None:
    class Unjudged(Subject):
        @property
        def judgements(self) -> Mapping[object, object]:  # type: ignore[override]
            raise ValueError("a bug")

    good = account("alice")
    found = check([Unjudged(good.built, good.now, "b"), good], rules(SAID), settings(), Read(files=1))
    assert [(one.code, one.name, one.said) for one in found.broken] == [("", "judging", "ValueError: a bug")]
    assert [one.code for one in found.findings] == ALL
    assert {one.root for one in found.principals} == {"."}


def test_everybody_is_told_with_class_and_verdict() -> None:
    found = report({})
    assert [(one.address, one.klass, one.verdict, one.provider) for one in found.principals] == [
        ("aws_iam_group.staff", "none", "not-admin", "aws"),
        ("aws_iam_user.alice", "full", "ungated", "aws"),
    ]


def told(read: Read) -> Report:
    """The report on nobody."""
    return check([], rules({}), settings(), read, "1.2.3")


def test_what_was_read_is_told_once_and_sorted() -> None:
    problems = [Problem(Place(name), "broken") for name in ("b.tf", "a.tf", "b.tf")]
    found = told(Read({"a.tf": ""}, 3, problems, ["./y", "./x", "./y"], ["b", "a"]))
    assert [str(one) for one in found.errors] == ["a.tf: broken", "b.tf: broken"]
    assert (found.uninstalled, found.roots) == (("./x", "./y"), ("a", "b"))
    assert (found.files, found.version, found.texts) == (3, "1.2.3", {"a.tf": ""})
    assert told(Read({"a.tf": ""}, 3, problems[::-1], ["./x", "./y"], ["a", "b"])).errors == found.errors


def test_what_aws_would_refuse_is_an_error() -> None:
    good = account("alice")
    problem = Problem(Place("a.tf"), "malformed policy")
    subject = replace(good, built=replace(good.built, problems=(problem,)))
    assert check([subject], rules({}), settings(), Read(files=1)).errors == (problem,)


def test_what_is_said_of_somebody_who_is_not_known_is_told_and_does_not_fail() -> None:
    good = account("alice")
    problem = Problem(Place("a.tf"), "a user that is not known: var.name")
    subject = replace(good, built=replace(good.built, account=Account(), unplaced=(problem,)))
    found = check([subject, subject], rules({}), settings(), Read(files=1))
    assert found.unplaced == (problem,)
    assert exit_code(found, settings(strict=True)) == 0
