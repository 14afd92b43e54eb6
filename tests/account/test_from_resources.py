"""Resources become accounts: cases that say each fact of an account, in tests/account/from_resources."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from account.account_build import NOW
from account.resources_as_lines import cases, lines, resources
from iamgen_rules.account.from_resources import accounts
from iamgen_rules.account.judging import judge
from iamgen_rules.account.resource import Plain, Resource, Step, Written
from iamgen_rules.source import Place

CASES = dict(cases())


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if "account" in case])
def test_resources_are_an_account(name: str) -> None:
    """Every line that is said, and no other."""
    case: Mapping[str, Any] = CASES[name]
    found = {built.provider: lines(built) for built in accounts(resources(case["resources"]))}
    expected = case["account"] if isinstance(case["account"], dict) else {"aws": case["account"]}
    assert {provider: sorted(said) for provider, said in found.items()} == {
        provider: sorted(said) for provider, said in expected.items()
    }


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if "verdicts" in case])
def test_who_is_what(name: str) -> None:
    """The verdicts that the facts of a case come to, of those whom it says."""
    case: Mapping[str, Any] = CASES[name]
    (built,) = accounts(resources(case["resources"]))
    found = {str(ref): judged.verdict for ref, judged in judge(built.account, NOW).items()}
    assert {said: found[said] for said in case["verdicts"]} == case["verdicts"]


class _Lines:
    """An origin that says which part it was asked for."""

    def place(self, path: Sequence[Step]) -> Place:
        return Place("main.tf", "/".join(map(str, path)))


@pytest.mark.parametrize(
    ("policy", "part"),
    [
        ('{"Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}, {}]}', "Statement/1/Effect"),
        ("[]", ""),
        (
            '{"Statement": [{"Effect": "Deny", "Action": "*", "Resource": "*", "Condition": {"Bool": {"aws:x": {}}}}]}',
            "Statement/0/Condition/Bool/aws:x",
        ),
    ],
)
def test_a_problem_stands_where_the_part_is_written(policy: str, part: str) -> None:
    """Not where the resource begins."""
    values: dict[str, Plain] = {"name": "p", "policy": Written(policy, _Lines())}
    (built,) = accounts([Resource("aws_iam_policy.p", "aws_iam_policy", values, Place("main.tf"))])
    assert [problem.place.address for problem in built.problems] == [part]


def test_policies_lead_back_to_their_text() -> None:
    """Managed policies, inline policies and trust policies."""
    origin = _Lines()
    trust = '{"Statement": {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": "*"}}'
    policy = Written('{"Statement": []}', origin)
    place = Place("main.tf")
    role: dict[str, Plain] = {
        "name": "r",
        "assume_role_policy": Written(trust, origin),
        "inline_policy": [{"name": "i", "policy": policy}],
    }
    (built,) = accounts(
        [
            Resource("aws_iam_role.r", "aws_iam_role", role, place),
            Resource("aws_iam_policy.p", "aws_iam_policy", {"name": "p", "policy": policy}, place),
        ]
    )
    (found,) = built.account.roles
    assert [found.origin, found.inline[0].origin, built.account.policies[0].origin] == [origin, origin, origin]
