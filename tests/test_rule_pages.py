"""The catalogue: every rule documented, its examples true, its page fresh, its place in the list known."""

from __future__ import annotations

from pathlib import Path

import pytest

from iamgen_rules import checks
from iamgen_rules.checks import rules
from iamgen_rules.pages import HEADINGS, catalogue, files, page, parts
from rule_cases import as_marks, disagreements, marks, plant, said, subjects

PAGES = Path(__file__).resolve().parent.parent / "docs" / "rules"
RULES = rules()
CATALOGUE = """
IAM001 admin-user-without-mfa critical
IAM002 admin-group-without-mfa critical
IAM003 admin-role-assumable-without-mfa critical
IAM004 mfa-condition-misses-sessions high
IAM005 mfa-deny-narrowed high
IAM006 mfa-deny-exempts-too-much high
IAM007 mfa-deny-blocks-enrolment medium
IAM008 mfa-deny-on-role high
IAM009 mfa-policy-unattached medium
IAM010 user-escalates-to-admin-without-mfa critical
IAM011 admin-standing low
IAM012 admin-user-with-access-key high
IAM013 trust-too-wide critical
IAM014 exclusive-attachment-conflict medium
IAM015 power-user-without-mfa medium
IAM016 mfa-gate-undecided medium
"""
EXAMPLES = [
    (code, heading, number)
    for code, rule in RULES.items()
    for heading in ("Fails", "Passes")
    for number, _ in enumerate(parts(rule).examples(heading))
]


def test_the_rules_are_those_of_the_list() -> None:
    found = [f"{rule.code} {rule.name} {rule.severity}" for rule in RULES.values()]
    assert found == CATALOGUE.split("\n")[1:-1]


def test_a_file_is_a_rule_and_no_code_is_given_twice() -> None:
    names = sorted(path.stem.replace("_", "-") for path in Path(checks.__path__[0]).glob("[a-z]*.py"))
    assert sorted(rule.name for rule in RULES.values()) == names


@pytest.mark.parametrize("code", RULES)
def test_a_page_has_a_summary_and_the_headings_in_their_order(code: str) -> None:
    found = parts(RULES[code])
    assert found.summary.endswith(".")
    assert "\n\n" not in found.summary
    assert tuple(found.sections) == HEADINGS
    assert [heading for heading, text in found.sections.items() if not text] == []


@pytest.mark.parametrize("code", RULES)
def test_a_page_names_its_sources_by_title_with_a_link(code: str) -> None:
    found = parts(RULES[code])
    assert found.references
    assert len(found.references) == len(found.sections["References"].splitlines())


def test_a_source_has_one_title() -> None:
    references = {reference for rule in RULES.values() for reference in parts(rule).references}
    assert len({reference.link for reference in references}) == len(references)


@pytest.mark.parametrize("code", RULES)
def test_a_page_shows_what_fails_and_what_passes(code: str) -> None:
    found = parts(RULES[code])
    assert found.examples("Fails")
    assert found.examples("Passes")


@pytest.mark.parametrize(("code", "heading", "number"), EXAMPLES)
def test_an_example_does_what_its_heading_says(code: str, heading: str, number: int, tmp_path: Path) -> None:
    text = parts(RULES[code]).examples(heading)[number]
    plant(tmp_path, {"main.tf": text})
    wanted = list(marks("main.tf", text))
    assert bool(wanted) == (heading == "Fails")
    assert disagreements(wanted, as_marks(RULES[code], said(RULES[code], subjects(tmp_path)), tmp_path)) == []


def test_the_pages_in_docs_are_fresh() -> None:
    written = {path.name: path.read_text(encoding="utf-8") for path in PAGES.iterdir()}
    assert written == files(RULES), "run `make docs`"


def test_the_catalogue_is_a_line_a_rule_within_80_columns() -> None:
    lines = catalogue(RULES).splitlines()
    assert [line.split()[0] for line in lines] == list(RULES)
    assert [line for line in lines if len(line) > 80] == []


@pytest.mark.parametrize("code", RULES)
def test_a_page_begins_with_the_rule_and_its_severity(code: str) -> None:
    rule = RULES[code]
    first, _, second, *others = page(rule).splitlines()
    assert [line for line in others if "# !" in line] == []
    assert (first, second) == (f"# {rule.code} {rule.name}", f"Severity: {rule.severity}")
