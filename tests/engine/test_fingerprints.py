"""A fingerprint stays while lines move and principals come and go, and tells two statements of one policy apart."""

from __future__ import annotations

import re

import pytest

from engine.made import at, report, violation, who
from iamgen_rules.engine.fingerprints import fingerprints, known, own_address
from iamgen_rules.rule import Violation
from iamgen_rules.source import Place

ALICE, BOB = who("alice"), who("bob")


def marks(*said: Violation) -> list[str]:
    """The fingerprints of what IAM004 says, in the order of the findings."""
    return [one.fingerprint for one in report({"IAM004": list(said)}).findings]


def test_it_is_32_hexadecimal_digits() -> None:
    (mark,) = marks(violation(at("a.tf", 1), ALICE))
    assert re.fullmatch("[0-9a-f]{32}", mark)


@pytest.mark.parametrize(
    "changed",
    [
        violation(at("a.tf", 7), ALICE),
        violation(at("a.tf", 1, 99), ALICE),
        violation(at("a.tf", 1), BOB, ALICE),
        violation(at("a.tf", 1), severity="low"),
        violation(at("a.tf", 1), ALICE, message="in other words"),
        violation(at("./a.tf", 1), ALICE),
        violation(at("a.tf", 1), ALICE, about='module.iam["x"].aws_iam_policy.gate'),
        violation(at("a.tf", 1), ALICE, about='aws_iam_policy.gate["x"]'),
    ],
)
def test_it_stays(changed: Violation) -> None:
    assert marks(changed) == marks(violation(at("a.tf", 1), ALICE))


@pytest.mark.parametrize(
    "other",
    [
        violation(at("b.tf", 1), ALICE),
        violation(at("a.tf", 1), ALICE, about="aws_iam_policy.gate DenyOther"),
        violation(at("a.tf", 1), ALICE, about="aws_iam_policy.other"),
    ],
)
def test_it_differs(other: Violation) -> None:
    assert marks(other) != marks(violation(at("a.tf", 1), ALICE))


def test_rules_differ() -> None:
    one = violation(at("a.tf", 1), ALICE)
    found = report({"IAM001": [one], "IAM004": [one]}).findings
    assert len({finding.fingerprint for finding in found}) == 2


def test_what_is_equal_is_numbered_in_the_order_of_the_places() -> None:
    three = [violation(at("a.tf", line), ALICE) for line in (1, 2, 3)]
    found = marks(*three)
    assert len(set(found)) == 3
    assert marks(*three[:2]) == found[:2]
    assert marks(violation(at("a.tf", 9), ALICE), violation(at("a.tf", 8), ALICE)) == found[:2]


def test_a_place_without_text_is_known_by_its_address() -> None:
    places = [Place("plan.json", address) for address in ("aws_iam_policy.a", "aws_iam_policy.b")]
    found = marks(*(violation(place, ALICE, about="") for place in places))
    assert len(set(found)) == 2
    assert marks(violation(places[1], ALICE, about="")) == found[1:]


@pytest.mark.parametrize(
    ("about", "own"),
    [
        ("aws_iam_policy.gate", "aws_iam_policy.gate"),
        ("module.iam.aws_iam_policy.gate", "aws_iam_policy.gate"),
        ('module.a["x]"].module.b[0].data.aws_iam_policy_document.c DenyAll', "data.aws_iam_policy_document.c DenyAll"),
        ('aws_iam_user.this["module.a.b"] Deny', "aws_iam_user.this Deny"),
        ("aws_iam_user.this[12]", "aws_iam_user.this"),
        ("aws_iam_policy.module.x", "aws_iam_policy.module.x"),
        ('aws_iam_user.this["a\\"]"]', "aws_iam_user.this"),
    ],
)
def test_an_address_as_its_module_has_it(about: str, own: str) -> None:
    assert own_address(about) == own


def test_any_name_of_a_file_has_a_fingerprint() -> None:
    names = ["a\\b.tf", "a/b.tf", "a/./b.tf", "\udcff.tf"]
    one, other, third, last = fingerprints(known("IAM004", name, f"x{number}") for number, name in enumerate(names))
    assert len({one, other, third, last}) == 4
    assert len({known("IAM004", name, "x") for name in names}) == 2
