"""One cause is one finding, and nobody whom it leaves open is lost."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from engine.made import NAMES, account, at, report, rules, settings, violation, who
from iamgen_rules.engine.checking import Read, check
from iamgen_rules.engine.merging import where
from iamgen_rules.rule import SEVERITIES, Consequence, Violation
from iamgen_rules.source import Place

ALICE, BOB, CAROL, STAFF = who("alice"), who("bob"), who("carol"), who("staff", kind="group")
GATE = at("mfa.tf", 3)


def test_one_rule_at_one_place_is_one_finding_about_all_principals() -> None:
    (found,) = report(
        {"IAM004": [violation(GATE, CAROL), violation(GATE, BOB), violation(GATE, ALICE, CAROL)]}
    ).findings
    assert (found.code, found.name, found.place) == ("IAM004", "mfa-condition-misses-sessions", GATE)
    assert found.principals == (ALICE, BOB, CAROL)
    assert found.message == "the gate is open: 3 administrators act without MFA"


def test_rules_and_places_are_apart_and_sorted_by_place_then_code() -> None:
    said = {"IAM004": [violation(GATE, ALICE), violation(at("a.tf", 9), ALICE)], "IAM001": [violation(GATE, ALICE)]}
    found = report(said).findings
    assert [(one.place.document, one.code) for one in found] == [
        ("a.tf", "IAM004"),
        ("mfa.tf", "IAM001"),
        ("mfa.tf", "IAM004"),
    ]


def test_the_worst_consequence_gives_severity_reason_and_message_and_its_principal_is_first() -> None:
    advice = Consequence("user is let in", "users are let in")
    low = violation(GATE, ALICE, severity="low", consequence=advice)
    (found,) = report({"IAM004": [low, violation(GATE, CAROL, BOB)]}).findings
    assert found.severity == "critical"
    assert found.principals == (CAROL, ALICE, BOB)
    assert [line.text for line in found.reason] == ["carol may"]
    assert found.message == "the gate is open: 2 administrators act without MFA"


def test_a_group_counts_only_where_nobody_is_in_it() -> None:
    (found,) = report({"IAM002": [violation(GATE, STAFF, ALICE)]}).findings
    assert found.message == "the gate is open: 1 administrator acts without MFA"
    (found,) = report({"IAM002": [violation(GATE, STAFF)]}).findings
    assert found.message == "the gate is open: 1 administrator acts without MFA"


def test_without_principals_there_is_no_consequence_to_tell() -> None:
    (found,) = report({"IAM004": [violation(GATE)]}).findings
    assert (found.message, found.principals) == ("the gate is open", ())


def test_the_same_place_in_two_roots_is_one_finding_in_which_everybody_is_told_apart() -> None:
    dev, prod = who("alice", root="dev"), who("alice", root="prod")
    subjects = [account("alice", root="prod"), account("alice", root="dev")]
    said = rules({"IAM004": [violation(GATE, prod), violation(GATE, dev)]})
    found = check(subjects, said, settings(), Read(files=2))
    (finding,) = found.findings
    assert finding.principals == (dev, prod)
    assert finding.root == "dev"
    assert finding.message == "the gate is open: 2 administrators act without MFA"
    assert [(one.root, one.address) for one in found.principals] == [
        (root, address) for root in ("dev", "prod") for address in ("aws_iam_group.staff", "aws_iam_user.alice")
    ]


def test_in_a_plan_which_has_no_texts_what_it_is_about_tells_causes_apart() -> None:
    plan = Place("plan.json", "aws_iam_policy.gate")
    said = [violation(plan, ALICE, about="aws_iam_policy.gate DenyA"), violation(plan, ALICE, about="… DenyB")]
    assert len(report({"IAM004": said}).findings) == 2


_principals = st.lists(st.sampled_from([ALICE, BOB, CAROL, STAFF]), max_size=3, unique=True)
_violations = st.builds(
    lambda line, principals, severity, about: violation(at("a.tf", line), *principals, severity=severity, about=about),
    st.integers(1, 4),
    _principals,
    st.sampled_from(SEVERITIES),
    st.sampled_from(["aws_iam_policy.a", "aws_iam_policy.b"]),
)
_said = st.lists(st.tuples(st.sampled_from(sorted(NAMES)), _violations), max_size=12)


def by_code(said: list[tuple[str, Violation]]) -> dict[str, list[Violation]]:
    """What each rule says."""
    return {code: [one for each, one in said if each == code] for code in NAMES}


@given(_said)
def test_nobody_is_lost_or_told_twice_and_no_severity_is_lowered(said: list[tuple[str, Violation]]) -> None:
    found = {(one.code, one.place): one for one in report(by_code(said)).findings}
    assert set(found) == {(code, one.place) for code, one in said}
    for (code, place), finding in found.items():
        own = [one for each, one in said if (each, one.place) == (code, place)]
        assert len(set(finding.principals)) == len(finding.principals)
        assert set(finding.principals) == {each for one in own for each in one.principals}
        assert finding.severity == max((one.severity for one in own), key=SEVERITIES.index)
        assert list(finding.principals[1:]) == sorted(finding.principals[1:], key=lambda one: one.address)


@given(_said, st.randoms(use_true_random=False))
def test_the_order_of_rules_accounts_and_violations_changes_nothing(
    said: list[tuple[str, Violation]], random: Random
) -> None:
    shuffled = said.copy()
    random.shuffle(shuffled)
    subjects = [account("alice"), account("bob", root="b")]
    before = check(subjects, rules(by_code(said)), settings(), Read(files=1))
    after = check(subjects[::-1], dict(reversed(list(rules(by_code(shuffled)).items()))), settings(), Read(files=1))
    assert list(before.rules) == list(after.rules)
    assert repr(replace(before, rules={})) == repr(replace(after, rules={}))


@given(_said)
def test_findings_are_in_the_order_of_their_places(said: list[tuple[str, Violation]]) -> None:
    found = report(by_code(said)).findings
    assert all(where(one.place)[:2] <= where(other.place)[:2] for one, other in pairwise(found))
    assert len({one.fingerprint for one in found}) == len(found)
