"""What is known stays quiet, what is new or worse does not, and what is gone is named."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.made import account, at, report, rules, settings, violation, who
from iamgen_rules.engine.baseline import compare, write
from iamgen_rules.engine.checking import Read, check
from iamgen_rules.errors import InputError
from iamgen_rules.settings import Ignore

ALICE, BOB = who("alice"), who("bob")
GATE = violation(at("b/mfa.tf", 3), ALICE, severity="high")
OTHER = violation(at("a.tf", 9), ALICE, about="aws_iam_policy.other")
BEFORE = report({"IAM004": [GATE, OTHER], "IAM001": [OTHER]})


def test_it_is_sorted_json_that_people_can_read() -> None:
    text = write(BEFORE)
    loaded = json.loads(text)
    assert loaded["version"] == 1
    assert [(one["file"], one["code"]) for one in loaded["findings"]] == [
        ("a.tf", "IAM001"),
        ("a.tf", "IAM004"),
        ("b/mfa.tf", "IAM004"),
    ]
    assert loaded["findings"][2] == {
        "fingerprint": next(one.fingerprint for one in BEFORE.findings if one.place.document == "b/mfa.tf"),
        "code": "IAM004",
        "file": "b/mfa.tf",
        "severity": "high",
        "principals": ["aws_iam_user.alice"],
        "message": "the gate is open: 1 administrator acts without MFA",
    }
    assert text.endswith("}\n")


def test_what_is_known_does_not_count_and_all_else_stays() -> None:
    found = compare(BEFORE, write(BEFORE), "known.json")
    assert [(one.baseline, one.counts) for one in found.findings] == [(True, False)] * 3
    assert found.stale == ()
    assert write(found) == write(BEFORE)


@pytest.mark.parametrize(
    "now",
    [
        violation(at("b/mfa.tf", 3), ALICE, severity="critical"),
        violation(at("b/mfa.tf", 3), ALICE, BOB, severity="high"),
        violation(at("b/mfa.tf", 3), who("alice", root="prod"), severity="high"),
        violation(at("b/mfa.tf", 3), ALICE, severity="high", about="aws_iam_policy.new"),
    ],
)
def test_what_is_worse_or_about_somebody_else_is_new(now: Any) -> None:

    subjects = [account("alice"), account("alice", root="prod")]
    found = check(subjects, rules({"IAM004": [now]}), settings(), Read(files=1))
    assert [one.counts for one in compare(found, write(BEFORE), "known.json").findings] == [True]


@pytest.mark.parametrize(
    "now",
    [
        violation(at("b/mfa.tf", 70), ALICE, severity="high"),
        violation(at("b/mfa.tf", 3), ALICE, severity="low"),
        violation(at("b/mfa.tf", 3), severity="high"),
    ],
)
def test_what_has_moved_or_is_less_is_known(now: Any) -> None:
    found = compare(report({"IAM004": [now]}), write(BEFORE), "known.json")
    assert [one.counts for one in found.findings] == [False]


def test_what_is_gone_is_named_where_its_rule_looked() -> None:
    now = report({"IAM004": [GATE]})
    assert [problem.message for problem in compare(now, write(BEFORE), "known.json").stale] == [
        "IAM001 in a.tf is gone: the gate is open: 1 administrator acts without MFA",
        "IAM004 in a.tf is gone: the gate is open: 1 administrator acts without MFA",
    ]
    only = report({"IAM004": [GATE]}, select=["IAM004"])
    assert len(compare(only, write(BEFORE), "known.json").stale) == 1


def test_what_is_suppressed_is_neither_written_nor_gone() -> None:
    silent = report({"IAM004": [GATE]}, ignores=[Ignore("IAM004", "*", "x")])
    assert json.loads(write(silent))["findings"] == []
    assert compare(silent, write(report({"IAM004": [GATE]})), "known.json").stale == ()


def entry(**changed: Any) -> dict[str, Any]:
    """An entry of a baseline."""
    good = {"fingerprint": "00", "code": "IAM004", "file": "a", "severity": "low", "principals": [], "message": "m"}
    return good | changed


NO_BASELINES = {
    "": "known.json:1:1: this is not JSON",
    '{"version": 1,\n  "findings": [}': "known.json:2:16: this is not JSON",
    "[]": "known.json: this is no baseline of version 1: `iamgen lint --write-baseline FILE` makes one",
    "{}": "this is no baseline of version 1",
    '{"version": 2, "findings": []}': "it is of a newer iamgen",
    '{"version": true, "findings": []}': "this is no baseline of version 1",
    '{"version": 1, "findings": {}}': "this is no baseline of version 1",
    '{"version": 1, "findings": [1]}': "known.json: findings[0]: an entry has fingerprint",
    json.dumps({"version": 1, "findings": [entry(), entry(code=4)]}): "findings[1]: everything in an entry is text",
    json.dumps({"version": 1, "findings": [entry(severity="worst")]}): "severity low, medium, high, critical",
    json.dumps({"version": 1, "findings": [entry(principals="alice")]}): "principals a list of it",
    json.dumps({"version": 1, "findings": [entry(principals=[1])]}): "principals a list of it",
    json.dumps({"version": 1, "findings": [entry(more=1)]}): "an entry has",
    '{"version": 1, "findings": NaN}': "this is no JSON",
    "[" * 100_000: "this is no JSON",
    '{"version": ' + "1" * 10_000 + "}": "this is no JSON",
}


@pytest.mark.parametrize(("text", "message"), NO_BASELINES.items(), ids=range(len(NO_BASELINES)))
def test_what_is_no_baseline_is_refused_where_it_is_wrong(text: str, message: str) -> None:
    with pytest.raises(InputError) as raised:
        compare(BEFORE, text, "known.json")
    assert message in str(raised.value)


_violations = st.builds(
    lambda line, principals, severity: violation(at("a.tf", line), *principals, severity=severity),
    st.integers(1, 5),
    st.lists(st.sampled_from([ALICE, BOB]), unique=True),
    st.sampled_from(["low", "high"]),
)


@given(st.lists(_violations, max_size=6))
def test_a_report_is_quiet_beside_its_own_baseline(said: list[Any]) -> None:
    found = report({"IAM004": said, "IAM001": said[::2]})
    quiet = compare(found, write(found), "known.json")
    assert not any(one.counts for one in quiet.findings)
    assert quiet.stale == ()
