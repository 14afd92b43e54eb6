"""The JUnit form: valid for the schema, read by junitparser; a suite for each root, a test for each principal."""

from __future__ import annotations

from pathlib import Path
from xml.etree.ElementTree import Element, fromstring

import pytest
import xmlschema
from junitparser import Error, Failure, JUnitXml, Skipped, TestSuite

from iamgen_rules.engine.report import Report
from iamgen_rules.report import FORMATS
from report.made import ALICE, BOB, HOSTILE, REPORTS, at, finding, principal, report, who


def written(one: Report) -> str:
    return FORMATS["junit"](one)


def suites(one: Report) -> dict[str, TestSuite]:
    """The suites by name, as junitparser reads them."""
    return {suite.name or "": suite for suite in JUnitXml.fromstring(written(one).encode())}


def outcomes(one: Report) -> dict[tuple[str, str], list[str]]:
    """How each test ended, by class and name, as the XML has it."""
    return {
        (case.attrib["classname"], case.attrib["name"]): [child.tag for child in case]
        for case in fromstring(written(one)).iter("testcase")
    }


def case(one: Report, name: str) -> Element:
    """The test of a user."""
    cases = fromstring(written(one)).iter("testcase")
    (found,) = (case for case in cases if (case.attrib["classname"], case.attrib["name"]) == ("user", name))
    return found


@pytest.fixture(scope="module")
def schema(shared: Path) -> xmlschema.XMLSchema:
    return xmlschema.XMLSchema(shared / "data" / "junit-10.xsd")


@pytest.mark.parametrize("name", REPORTS)
def test_it_is_valid(schema: xmlschema.XMLSchema, name: str) -> None:
    schema.validate(written(REPORTS[name]))


@pytest.mark.parametrize("name", REPORTS)
def test_the_numbers_of_a_suite_are_those_of_its_tests(name: str) -> None:
    whole = JUnitXml.fromstring(written(REPORTS[name]).encode())
    total = [0, 0, 0]
    for suite in whole:
        ended = [{type(result) for result in one.result} for one in suite]
        counted = [sum(kind in found for found in ended) for kind in (Failure, Error, Skipped)]
        assert [suite.tests, suite.failures, suite.errors, suite.skipped] == [len(ended), *counted]
        total = [sum(pair) for pair in zip(total, (len(ended), *counted[:2]), strict=True)]
    assert [whole.tests, whole.failures, whole.errors] == total


def test_a_test_for_each_principal_which_fails_where_a_finding_names_it() -> None:
    suite = suites(REPORTS["example"])["."]
    assert [(one.classname, one.name, [type(result) for result in one.result]) for one in suite] == [
        ("user", "aws_iam_user.alice", [Failure]),
        ("user", "aws_iam_user.bob", [Failure]),
        ("user", "aws_iam_user.ci", []),
    ]


def test_a_failure_is_the_finding_as_text() -> None:
    failure = case(REPORTS["example"], "aws_iam_user.bob").find("failure")
    assert failure is not None
    assert failure.attrib == {
        "type": "IAM004",
        "message": "the MFA condition misses access keys: 2 administrators act without MFA",
    }
    block, _, _ = FORMATS["text"](REPORTS["example"]).partition("\n\n")
    assert failure.text == block


def test_several_findings_of_one_principal_are_one_failure_the_worst_first() -> None:
    found = [finding("IAM016", at("a.tf", 1), ALICE), finding("IAM001", at("b.tf", 1), ALICE)]
    (failure,) = case(report(found, [principal(ALICE)]), "aws_iam_user.alice")
    assert failure.attrib["type"] == "IAM001"
    assert failure.text is not None
    assert [line.split()[1] for line in failure.text.splitlines() if line[1:].startswith(".tf")] == ["IAM001", "IAM016"]


def test_low_findings_are_told_and_fail_no_test() -> None:
    one = report([finding("IAM011", at("a.tf", 1), ALICE)], [principal(ALICE, verdict="gated")])
    assert outcomes(one)["user", "aws_iam_user.alice"] == ["system-out"]


@pytest.mark.parametrize(
    ("name", "message"), [("suppressed", "IAM001 suppressed: break glass"), ("baseline", "IAM001 known")]
)
def test_what_does_not_count_is_skipped_and_says_why(name: str, message: str) -> None:
    (skipped,) = case(REPORTS[name], "aws_iam_user.alice")
    assert (skipped.tag, skipped.attrib["message"]) == ("skipped", message)


def test_who_is_undecided_is_skipped_and_says_without_what() -> None:
    (skipped,) = case(REPORTS["errors"], "aws_iam_user.bob")  # the finding names it too
    assert skipped.tag == "failure"
    (skipped,) = case(report([], [principal(BOB, verdict="undecided", unknowns=["var.a"])]), "aws_iam_user.bob")
    assert (skipped.tag, skipped.attrib["message"]) == ("skipped", "undecided without var.a")


def test_what_concerns_nobody_is_a_test_of_its_own() -> None:
    role = who("Ops", at("roles.tf", 1), "role")
    one = report([finding("IAM004", at("mfa.tf", 3)), finding("IAM016", at("x.tf", 1), role)], [principal(ALICE)])
    assert outcomes(one) == {
        ("user", "aws_iam_user.alice"): [],
        ("finding", "IAM004 mfa-condition-misses-sessions mfa.tf:3"): ["failure"],
        ("finding", "IAM016 mfa-gate-undecided x.tf:1"): ["failure"],
    }


def test_a_suite_for_each_root_and_names_that_are_told_apart() -> None:
    found = suites(REPORTS["several roots"])
    assert {name: [(one.classname, one.name) for one in suite] for name, suite in found.items()} == {
        "prod": [("prod/user", "aws_iam_user.alice")],
        "test": [("test/user", "aws_iam_user.alice")],
        "empty": [],
        "iamgen": [],
    }
    assert all(outcomes(REPORTS["several roots"]).values())


def test_what_could_not_be_read_or_judged_is_in_error() -> None:
    suite = suites(REPORTS["errors"])["iamgen"]
    assert [(one.classname, one.name, [type(result) for result in one.result]) for one in suite] == [
        ("iamgen/file", "bad.tf:3:7", [Error]),
        ("iamgen/file", "gone.tf", [Error]),
        ("iamgen/module", "git::https://example.com/iam.git", [Skipped]),
    ]
    assert outcomes(REPORTS["broken"]) == {("iamgen/rule", "IAM004 mfa-condition-misses-sessions"): ["error"]}


def test_hostile_text_is_text() -> None:
    found = case(REPORTS["hostile"], HOSTILE.encode("unicode_escape").decode("ascii"))
    assert [child.tag for child in found] == ["failure"]


def test_there_is_no_time_in_it() -> None:
    assert "time" not in "".join(str(one.attrib) for one in fromstring(written(REPORTS["example"])).iter())
