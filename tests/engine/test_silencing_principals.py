"""Who is taken out of findings: by a comment on its own block, on the call of its module, or by `lint.ignore`."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.made import account, at, found_in, report, rules, settings, violation, who
from iamgen_rules.engine.checking import Read, check
from iamgen_rules.engine.report import Finding
from iamgen_rules.rule import Violation
from iamgen_rules.settings import Ignore
from iamgen_rules.source import Place
from iamgen_rules.subject import Who

USERS = """
# iamgen: ignore[IAM004] break glass
resource "aws_iam_user" "alice" {
  name = "alice"
}
resource "aws_iam_user" "bob" {
  # iamgen: ignore[IAM004] this is about the line
  name = "bob"
}
"""
CALL = """
module "iam" { # iamgen: ignore[IAM004] not ours
  source = "./modules/iam"
}
module "other" {
  source = "./modules/iam"
}
"""
ALICE = who("alice", found_in(USERS, 'resource "aws_iam_user" "alice"', "users.tf"))
BOB = who("bob", found_in(USERS, 'resource "aws_iam_user" "bob"', "users.tf"))
STAFF = who("staff", kind="group")
GATE = at("mfa.tf", 3)


def linted(*violations: Violation, **values: object) -> Finding:
    """The one finding of IAM004."""
    (finding,) = report({"IAM004": list(violations)}, {"users.tf": USERS, "main.tf": CALL}, **values).findings
    return finding


def test_a_comment_on_its_block_takes_a_principal_out() -> None:
    found = linted(violation(GATE, BOB, ALICE))
    assert (found.principals, found.suppressed) == ((BOB,), None)
    assert found.message.endswith("1 administrator acts without MFA")


def test_the_reason_is_that_of_somebody_who_is_left() -> None:
    found = linted(violation(GATE, ALICE, BOB), violation(GATE, BOB))
    assert [line.text for line in found.reason] == ["bob may"]


def test_where_nobody_is_left_the_finding_is_suppressed() -> None:
    found = linted(violation(GATE, ALICE))
    assert found.suppressed is not None
    assert found.suppressed.reason == "break glass"
    assert str(found.suppressed.place) == "users.tf:2:3"
    assert found.principals == (ALICE,)


def test_other_rules_keep_the_principal() -> None:
    (found,) = report({"IAM001": [violation(GATE, ALICE)]}, {"users.tf": USERS}).findings
    assert found.counts


def test_what_a_group_gives_goes_with_the_group_and_nothing_else_does() -> None:
    ignores = [Ignore("IAM004", "aws_iam_group.staff", "trained")]
    assert linted(violation(GATE, STAFF, BOB, group=STAFF), ignores=ignores).suppressed is not None
    assert linted(violation(GATE, STAFF, BOB), ignores=ignores).principals == (BOB,)
    out = [Ignore("IAM004", "aws_iam_user.bob", "trained")]
    assert linted(violation(GATE, STAFF, BOB, group=STAFF), ignores=out).principals == (STAFF,)


def in_module(address: str, kind: str = "aws_iam_user") -> Who:
    """Somebody whom a module declares."""
    return Who("user", "carol", f"{address}.{kind}.carol", at("modules/iam/main.tf", 2))


@pytest.mark.parametrize(
    ("address", "is_silenced"),
    [
        ("module.iam", True),
        ('module.iam["a"]', True),
        ("module.iam.module.users", True),
        ("module.other", False),
        ("module.iamx", False),
        ("module.other.module.iam", False),
    ],
)
def test_a_comment_on_a_call_is_about_what_the_module_declares(address: str, is_silenced: bool) -> None:
    inner = at("modules/iam/gate.tf", 5)
    assert linted(violation(inner, in_module(address), BOB)).principals == (
        (BOB,) if is_silenced else (in_module(address), BOB)
    )
    about = linted(violation(inner, BOB, about=f"{address}.aws_iam_policy.gate DenyAll"))
    assert (about.suppressed is not None) == is_silenced


def test_a_comment_on_a_call_is_about_the_calls_of_its_own_root() -> None:
    said = [violation(at("modules/iam/gate.tf", 5), who("bob", root="a"), about="module.iam.aws_iam_policy.gate")]
    for root, is_silenced in (("a", True), ("b", False), ("./a/", True)):
        found = check(
            [account("bob", root="a", folder=root)], rules({"IAM004": said}), settings(), Read({"a/main.tf": CALL})
        )
        assert [one.suppressed is not None for one in found.findings] == [is_silenced]


# lint.ignore


@pytest.mark.parametrize(
    ("glob", "address", "fits"),
    [
        ("aws_iam_user.alice", "aws_iam_user.alice", True),
        ("aws_iam_user.*", "aws_iam_user.alice", True),
        ("*", 'module.a["x"].aws_iam_user.this["a b"]', True),
        ('aws_iam_user.this["a"]', 'aws_iam_user.this["a"]', True),
        ('aws_iam_user.this["*"]', 'aws_iam_user.this["a"]', True),
        ("aws_iam_user.this[*]", 'aws_iam_user.this["a"]', True),
        ("aws_iam_user.this[ab]", "aws_iam_user.thisa", False),
        ("aws_iam_user.a", "aws_iam_user.alice", False),
        ("AWS_iam_user.alice", "aws_iam_user.alice", False),
        ("alice", "aws_iam_user.alice", False),
    ],
)
def test_a_glob_fits_a_whole_address_and_its_brackets_are_literal(glob: str, address: str, fits: bool) -> None:
    found = linted(
        violation(GATE, Who("user", "a", address, Place("a.tf"))), ignores=[Ignore("IAM004", glob, "trained")]
    )
    assert (found.suppressed is not None) == fits


def test_where_nobody_is_named_the_glob_is_for_what_it_is_about() -> None:
    ignores = [Ignore("IAM004", 'aws_iam_policy.this["a b"]', "trained")]
    assert linted(violation(GATE, about='aws_iam_policy.this["a b"] DenyAll'), ignores=ignores).suppressed is not None
    assert linted(violation(GATE, BOB, about='aws_iam_policy.this["a b"]'), ignores=ignores).suppressed is None


def test_entries_that_do_nothing_are_told_where_they_stand() -> None:
    place = Place("iamgen.yaml", "lint.ignore[0]")
    cases = {
        Ignore("IAM004", "aws_iam_user.zoe", "x", place=place): "of aws_iam_user.zoe silences nothing",
        Ignore("IAM004", "*", "x", date(2026, 11, 24), place): "of * ended on 2026-11-24",
        Ignore("IAM04", "*", "x", place=place): "there is no rule 'IAM04'",
        Ignore("IAM004", "*", " ", place=place): "has no reason",
    }
    for ignore, message in cases.items():
        found = report({"IAM004": [violation(GATE, BOB)]}, ignores=[ignore])
        (told,) = (*found.errors, *found.stale)
        assert message in told.message
        assert told.place == place
        assert found.findings[0].counts


def test_until_its_last_day_an_entry_is_in_force() -> None:
    assert linted(violation(GATE, BOB), ignores=[Ignore("IAM004", "*", "x", date(2026, 11, 25))]).suppressed


_everybody = [who(name) for name in "abcdef"]
_some = st.sets(st.sampled_from(_everybody))


@given(st.lists(_some.filter(bool).map(sorted), min_size=1, max_size=4), _some)
def test_silencing_removes_exactly_those_whom_it_names(said: list[list[Who]], out: set[Who]) -> None:
    violations = [violation(at("a.tf", line), *principals) for line, principals in enumerate(said, start=1)]
    ignores = [Ignore("IAM004", one.address, "x") for one in sorted(out)]
    both = {"IAM004": violations, "IAM001": violations}
    for finding in report(both, ignores=ignores).findings:
        everybody = set(violations[(finding.place.span.line if finding.place.span else 0) - 1].principals)
        left = everybody - out if finding.code == "IAM004" else everybody
        assert finding.counts == bool(left)
        assert set(finding.principals) == (left or everybody)
