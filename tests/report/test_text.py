"""The text form: what a finding looks like, in 80 columns, and what the first screen of a long report says."""

from __future__ import annotations

import re
from unicodedata import category

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iamgen_rules.engine.report import Report
from iamgen_rules.report import FORMATS
from iamgen_rules.report.words import WIDTH, columns, wrap
from iamgen_rules.rule import SEVERITIES, Fix, Line
from iamgen_rules.source import Place
from report.made import ALICE, BOB, GATE, REPORTS, at, finding, place, principal, report, who

SGR = re.compile(r"\x1b\[[0-9;]*m")

EXAMPLE = """\
mfa.tf:8:7: IAM004 critical  the MFA condition misses access keys: 2
    administrators act without MFA
    8 |       test     = "Bool"
   alice → group admins (groups.tf:4) → AdministratorAccess (groups.tf:20)
   with an access key, iam:CreateUser on * is allowed by AdministratorAccess;
   DenyWithoutMFA does not apply: Bool is false when aws:MultiFactorAuthPresent
     is absent (mfa.tf:3)
   also: bob (users.tf:5)
   fix: mfa.tf:8 use BoolIfExists

1 finding (1 critical). 3 principals: 2 ungated, 1 no administrator. 2 files.
"""

BESIDE = """\
bad.tf:3:7: error  a syntax error
gone.tf: error  cannot be read

users.tf:9:1: stale  suppresses nothing

modules that are not installed, and so not judged (run `terraform get`):
  git::https://example.com/iam.git

undecided without var.a, var.b: bob (users.tf:5)

1 finding (1 critical). 2 principals: 1 ungated, 1 undecided (var.a, var.b). 2
files.
"""


def text(one: Report) -> str:
    return FORMATS["text"](one)


def test_a_finding_in_full() -> None:
    assert text(REPORTS["example"]) == EXAMPLE


def test_what_is_said_beside_findings() -> None:
    assert text(REPORTS["errors"]).endswith(f"\n\n{BESIDE}")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("nothing found", "0 findings. 2 principals: 1 gated, 1 no administrator. 2 files.\n"),
        ("no principals", "0 findings. 0 principals. 2 files.\n"),
        ("suppressed", "0 findings, 1 suppressed. 1 principal: 1 ungated. 2 files.\n"),
        ("baseline", "0 findings, 1 known. 1 principal: 1 ungated. 2 files.\n"),
    ],
)
def test_where_nothing_counts_there_is_the_summary_only(name: str, expected: str) -> None:
    assert text(REPORTS[name]) == expected


def test_what_has_no_line_is_named_by_its_address() -> None:
    assert text(REPORTS["null places"]).startswith(
        "plan.json: IAM001 critical  nothing asks an administrator for MFA\n   aws_iam_user.x\n   principals: x\n\n"
        "IAM016 medium  nothing asks an administrator for MFA\n   principals: y\n"
    )


def test_principals_of_several_roots_are_named_with_their_roots() -> None:
    assert "principals: prod: alice (prod/users.tf:1), test: alice (test/users.tf:1)" in text(REPORTS["several roots"])


def test_a_bug_of_ours_is_named_with_the_rule() -> None:
    assert text(REPORTS["broken"]).startswith(
        "bug in iamgen: IAM004 mfa-condition-misses-sessions failed: KeyError: 'x'"
    )


# The source


@pytest.mark.parametrize(
    ("cause", "shown"),
    [
        ('test     = "Bool"', ['    8 |       test     = "Bool"']),
        ('"Bool"\n      variable', ['    8 |       test     = "Bool"', "    9 |       variable = "]),
        (GATE[GATE.index("condition") :].rstrip(), ["    7 |     condition {"]),
    ],
    ids=["one line", "a few", "the first of many"],
)
def test_the_lines_of_the_cause_are_shown(cause: str, shown: list[str]) -> None:
    found = text(report([finding("IAM004", place("mfa.tf", cause), ALICE)])).splitlines()[1:]
    assert [line for line in found if re.match(r" *\d+ \|", line)] == [
        next(line for line in found if line.startswith(one)) for one in shown
    ]


def test_the_last_line_of_a_file_needs_no_newline_and_a_long_line_is_cut() -> None:
    long = f"a = [\t{'x' * 100}"
    found = text(report([finding("IAM001", place("a.tf", long, f"\n{long}"), ALICE)], texts={"a.tf": f"\n{long}"}))
    line = found.splitlines()[1]
    assert line.startswith("    2 | a = [   xxx")
    assert (len(line), line[-1]) == (WIDTH, "…")


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        (["through x"], ["through x (groups.tf:4)"]),
        (["through x;", "so"], ["through x (groups.tf:4);", "so"]),
        (["through x (groups.tf:4)"], ["through x (groups.tf:4)"]),
        (["through x (groups.tf:41)"], ["through x (groups.tf:41) (groups.tf:4)"]),
        (["through x (my-groups.tf:4)"], ["through x (my-groups.tf:4) (groups.tf:4)"]),
    ],
)
def test_a_line_of_the_reason_is_followed_by_its_place_unless_one_has_named_it(
    told: list[str], shown: list[str]
) -> None:
    reason = tuple(Line(one, at("groups.tf", 4)) for one in told)
    lines = text(report([finding("IAM001", None, ALICE, reason=reason)])).splitlines()
    assert lines[-2 - len(shown) : -2] == [f"   {one}" for one in shown]


def test_the_place_of_the_finding_is_not_told_again() -> None:
    one = finding("IAM001", at("groups.tf", 4), ALICE, reason=(Line("so", at("groups.tf", 4)),))
    assert text(report([one])).splitlines()[1] == "   so"


# Order, and the first screen


def test_the_worst_come_first_and_else_the_order_stays() -> None:
    found = [
        finding("IAM011", at("a.tf", 1), BOB),
        finding("IAM001", at("b.tf", 1), ALICE),
        finding("IAM001", at("b.tf", 2), BOB),
        finding("IAM016", at("c.tf", 1), BOB),
    ]
    heads = re.findall(r"^(\w\.tf:\d):", text(report(found)), re.MULTILINE)
    assert heads == ["b.tf:1", "b.tf:2", "c.tf:1", "a.tf:1"]


@settings(max_examples=40)
@given(st.lists(st.integers(1, 15), min_size=1, max_size=30), st.booleans(), st.sampled_from(SEVERITIES))
def test_the_first_screen_names_everybody_who_is_open_or_says_how_many(
    sizes: list[int], fixed: bool, severity: str
) -> None:
    users = iter(who(f"user{number}", at("users.tf", number + 1)) for number in range(sum(sizes)))
    found, everybody = [], []
    for number, size in enumerate(sizes):
        some = [next(users) for _ in range(size)]
        everybody += some
        fix = Fix("attach the gate", at("gates.tf", number + 1)) if fixed else None
        cause = at("grants.tf", 9 * number + 1)
        found.append(finding("IAM001", cause, *some, severity=severity, fix=fix, reason=(Line(f"{some[0].name} → x"),)))
    screen = "\n".join(text(report(found, map(principal, everybody))).splitlines()[:24])
    unnamed = [one for one in everybody if not re.search(rf"\b{one.name}\b", screen)]
    left_out = sum(map(int, re.findall(r"and (\d+) more\s+\(iamgen why NAME\)", screen)))
    everybody_counted = f"{len(everybody)} principals act as administrators without MFA; `iamgen why NAME`" in screen
    assert left_out == len(unnamed) or everybody_counted
    shown = [number for number in range(len(sizes)) if f"grants.tf:{9 * number + 1}:" in screen]
    assert shown == list(range(len(shown)))
    assert len(shown) == len(sizes) or re.search(rf"^  and {len(sizes) - len(shown)} more$", screen, re.MULTILINE)
    assert not fixed or all(f"gates.tf:{number + 1}" in screen for number in shown)


def test_who_is_open_through_a_lesser_finding_is_on_the_first_screen_too() -> None:
    filling = tuple(Line(f"step {number}") for number in range(30))
    found = [
        finding("IAM001", at("a.tf", 1), ALICE, reason=filling, fix=Fix("do", at("a.tf", 1))),
        finding("IAM016", at("b.tf", 1), BOB, ALICE, fix=Fix("do", at("a.tf", 9))),
        finding("IAM011", at("c.tf", 1), ALICE),
    ]
    assert text(report(found, [principal(ALICE), principal(BOB)])).splitlines()[:4] == [
        "2 principals act as administrators without MFA; `iamgen why NAME` tells how:",
        "  a.tf:1:1: IAM001 alice; fix there",
        "  b.tf:1:1: IAM016 bob, alice; fix: a.tf:9",
        "",
    ]


# Lines


@pytest.mark.parametrize("name", REPORTS)
def test_no_line_is_wider_than_80_columns_but_for_a_path(name: str) -> None:
    wide = [line for line in text(REPORTS[name]).splitlines() if columns(line) > WIDTH and "/" not in line]
    assert wide == []


@pytest.mark.parametrize("name", REPORTS)
def test_nothing_in_it_steers_a_terminal(name: str) -> None:
    found = text(REPORTS[name])
    assert {char for char in found if category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp", "Cn")} <= {"\n"}


@pytest.mark.parametrize("name", REPORTS)
def test_colour_changes_no_text(name: str) -> None:
    coloured = FORMATS["text"](REPORTS[name], colour=True)
    assert SGR.sub("", coloured) == text(REPORTS[name])


def test_colour_marks_severity_source_and_fix() -> None:
    coloured = FORMATS["text"](REPORTS["example"], colour=True)
    assert re.findall(r"\x1b\[([0-9;]+)m(.*?)\x1b\[0m", coloured) == [
        ("1;31", "IAM004 critical"),
        ("2", '    8 |       test     = "Bool"'),
        ("32", "fix:"),
    ]


@given(st.text(st.characters(codec="utf-8")), st.sampled_from(["", "  "]))
def test_wrapping_loses_nothing_and_is_within_80_columns(said: str, indent: str) -> None:
    lines = wrap(said, indent, "     ")
    assert all(columns(line) <= WIDTH or "/" in line for line in lines)
    assert all(line.isprintable() for line in lines)


@settings(max_examples=40)
@given(st.lists(st.text("az(.:", min_size=1, max_size=90), min_size=1, max_size=20))
def test_wrapping_keeps_every_word_in_order(words: list[str]) -> None:
    assert "".join(line.replace(" ", "") for line in wrap(" ".join(words), "  ", "    ")) == "".join(words)


def test_wide_characters_take_two_columns_and_marks_none() -> None:
    assert (columns("ab"), columns("漢字"), columns("e\u0301")) == (2, 4, 1)
    assert wrap("漢" * 50) == ["漢" * 40, "漢" * 10]


def test_a_place_without_a_file_has_no_colon() -> None:
    assert text(report([finding("IAM001", Place(""), ALICE)])).startswith("IAM001 critical  ")
