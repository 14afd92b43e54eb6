"""Every edit that a rule offers in its cases: applied, the Terraform can still be read, and the finding is gone."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from iamgen_rules.checks import rules
from iamgen_rules.rule import Edit, Rule, Violation
from rule_cases import plant, subjects

CASES = Path(__file__).resolve().parent.parent / "rules"
BY_NAME = {rule.name.replace("-", "_"): rule for rule in rules().values()}
# The findings of each case, and how many of them come with edits; of the rules' other cases none does.
WITH_EDITS = {
    "admin_role_assumable_without_mfa/account.tf": (1, 1),
    "admin_role_assumable_without_mfa/in_a_heredoc.tf": (1, 1),
    "admin_role_assumable_without_mfa/in_one_line_of_json.tf": (1, 0),
    "admin_role_assumable_without_mfa/nobody_declared.tf": (1, 1),
    "admin_role_assumable_without_mfa/several_roles_and_a_chain.tf": (2, 2),
    "admin_role_assumable_without_mfa/user_named.tf": (1, 1),
    "admin_role_assumable_without_mfa/with_external_id.tf": (1, 1),
    "mfa_condition_misses_sessions/allow_if_exists.tf": (2, 2),
    "mfa_condition_misses_sessions/closed_by_another.tf": (3, 3),
    "mfa_condition_misses_sessions/deny_age.tf": (1, 1),
    "mfa_condition_misses_sessions/deny_bool.tf": (1, 1),
    "mfa_condition_misses_sessions/deny_bool_in_json.tf": (2, 2),
    "mfa_condition_misses_sessions/deny_inverted.tf": (1, 1),
    "mfa_condition_misses_sessions/deny_null.tf": (1, 1),
    "mfa_condition_misses_sessions/deny_unattached.tf": (2, 2),
    "mfa_condition_misses_sessions/odd_forms_that_hold.tf": (3, 3),
    "mfa_condition_misses_sessions/trust_if_exists.tf": (1, 1),
    "mfa_deny_exempts_too_much/changes_the_password.tf": (1, 1),
    "mfa_deny_exempts_too_much/enters_roles.tf": (1, 1),
    "mfa_deny_exempts_too_much/in_json.tf": (2, 1),
    "mfa_deny_exempts_too_much/leads_on.tf": (1, 1),
    "mfa_deny_exempts_too_much/live_for_one.tf": (1, 1),
    "mfa_deny_exempts_too_much/makes_keys.tf": (1, 1),
    "mfa_deny_exempts_too_much/unattached.tf": (1, 1),
}
RULES = {case.partition("/")[0] for case in WITH_EDITS}
WITHOUT_EDITS = sorted(
    {path.relative_to(CASES).as_posix() for rule in RULES for path in (CASES / rule).glob("*.tf")} - set(WITH_EDITS)
)


def found(rule: Rule, folder: Path) -> list[Violation]:
    return [one for subject in subjects(folder) for one in rule.find(subject)]


def apply(edits: Iterable[Edit]) -> None:
    for edit in sorted(edits, key=lambda one: -one.start):
        path = Path(edit.document)
        text = path.read_text(encoding="utf-8")
        path.write_text(text[: edit.start] + edit.new + text[edit.end :], encoding="utf-8")


@pytest.mark.parametrize("case", WITH_EDITS)
def test_an_edit_makes_its_finding_go_away(case: str, tmp_path: Path) -> None:
    rule = BY_NAME[case.partition("/")[0]]
    text = (CASES / case).read_text(encoding="utf-8")
    plant(tmp_path, {"main.tf": text})
    before = found(rule, tmp_path)
    edited = [one for one in before if one.fix is not None and one.fix.edits]
    assert (len(before), len(edited)) == WITH_EDITS[case]
    for one in edited:
        plant(tmp_path, {"main.tf": text})
        assert one.fix is not None
        apply(one.fix.edits)
        after = found(rule, tmp_path)
        assert one.about not in {left.about for left in after}
        assert len(after) < len(before)


@pytest.mark.parametrize("case", WITHOUT_EDITS)
def test_an_edit_is_offered_only_where_it_is_certain(case: str, tmp_path: Path) -> None:
    plant(tmp_path, {"main.tf": (CASES / case).read_text(encoding="utf-8")})
    said = found(BY_NAME[case.partition("/")[0]], tmp_path)
    assert [one.fix.edits for one in said if one.fix is not None and one.fix.edits] == []
