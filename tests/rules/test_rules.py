"""The rules, each on Terraform of its own: `<rule_name>/*.tf` is a root module a file, `<rule_name>/<case>/` a folder.

Only the rule of that name runs. Every mark has a finding, and every finding a mark (`rule_cases` says how they look).
"""

from __future__ import annotations

from pathlib import Path

import pytest

from iamgen_rules.checks import rules
from iamgen_rules.rule import SEVERITIES, Rule, Violation
from rule_cases import Found, as_marks, disagreements, edit, edits_of, marks, plant, said, subjects

HERE = Path(__file__).parent
RULES = {rule.name.replace("-", "_"): rule for rule in rules().values()}
CASES = sorted(
    f"{folder.name}/{case.name}"
    for folder in HERE.iterdir()
    if folder.is_dir() and folder.name != "__pycache__"
    for case in folder.iterdir()
)
_FAILING, _PASSING = 6, 4  # cases of each rule, at least


def files(case: str) -> dict[str, str]:
    """The files of a case, by path."""
    path = HERE / case
    if path.is_file():
        return {path.name: path.read_text(encoding="utf-8")}
    found = (one for one in sorted(path.rglob("*")) if one.is_file())
    return {one.relative_to(path).as_posix(): one.read_text(encoding="utf-8") for one in found}


def fails(case: str) -> bool:
    """Whether something is to be found in a case."""
    return any(list(marks(name, text)) for name, text in files(case).items())


@pytest.mark.parametrize("case", CASES)
def test_a_rule_finds_what_is_marked_and_nothing_else(case: str, tmp_path: Path) -> None:
    rule = RULES[case.partition("/")[0]]
    texts = files(case)
    plant(tmp_path / "as it is", texts)
    found = said(rule, subjects(tmp_path / "as it is"))
    wanted = [mark for name, text in texts.items() for mark in marks(name, text)]
    assert {mark.code for mark in wanted} <= {rule.code}
    assert disagreements(wanted, as_marks(rule, found, tmp_path / "as it is")) == []
    for one in found:
        for violation in one.violations:
            assert_well_formed(violation)
    for number, one in enumerate(one for one in found if edits_of(one)):
        plant(tmp_path / f"edited {number}", texts)
        assert_gone_when_edited(rule, one, tmp_path / "as it is", tmp_path / f"edited {number}")


def assert_gone_when_edited(rule: Rule, found: Found, before: Path, after: Path) -> None:
    """What a fix edits is read without a problem, and no longer found."""
    edit(edits_of(found), before, after)
    assert where(found, before) not in {where(other, after) for other in said(rule, subjects(after))}


EDITED = """
mfa_deny_blocks_enrolment/inline_of_group.tf: "iam:GetUser", "iam:CreateVirtualMFADevice", "iam:EnableMFADevice"],
mfa_deny_blocks_enrolment/one_of_two.tf: "iam:ListMFADevices", "iam:EnableMFADevice",
mfa_deny_blocks_enrolment/group_without_members.tf: "sts:GetSessionToken", "iam:CreateVirtualMFADevice", "iam:Ena
mfa_deny_blocks_enrolment/listed_action.tf:
mfa_deny_blocks_enrolment/of_a_local.tf:
"""


@pytest.mark.parametrize("line", EDITED.split("\n")[1:-1])
def test_a_fix_is_an_edit_where_the_text_is_at_one_place(line: str, tmp_path: Path) -> None:
    case, _, wanted = line.partition(":")
    plant(tmp_path, files(case))
    (found,) = said(RULES[case.partition("/")[0]], subjects(tmp_path))
    before = Path(found.place.document).read_text(encoding="utf-8")
    edit(edits_of(found), tmp_path, tmp_path)
    after = Path(found.place.document).read_text(encoding="utf-8")
    assert wanted.strip() in after if wanted else after == before


def where(found: Found, folder: Path) -> tuple[str, str]:
    """A place that does not move with edits further down: the file, and what the finding is about."""
    return Path(found.place.document).relative_to(folder).as_posix(), found.violations[0].about


def assert_well_formed(violation: Violation) -> None:
    """What the formats take for granted of every violation."""
    assert violation.severity in SEVERITIES
    assert violation.message == violation.message.strip()
    assert not violation.message.endswith(".")
    assert "\n" not in violation.message
    assert violation.about
    assert violation.reason
    assert violation.fix is not None
    assert len(set(violation.principals)) == len(violation.principals)


@pytest.mark.parametrize("name", RULES)
def test_a_rule_has_enough_cases_of_both_kinds(name: str) -> None:
    own = [case for case in CASES if case.startswith(f"{name}/")]
    failing = [case for case in own if fails(case)]
    assert len(failing) >= _FAILING
    assert len(own) - len(failing) >= _PASSING
