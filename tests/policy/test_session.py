"""The keys that each kind of session fixes, and why a Deny does not apply to its request."""

from __future__ import annotations

import pytest

from iamgen_rules.policy.ask import ask, forwarding
from iamgen_rules.policy.decision import Policies, Policy, decide
from iamgen_rules.policy.identity import Call, Identity, Target, a_member
from iamgen_rules.policy.parse import parse
from iamgen_rules.policy.request import Caller, Request
from iamgen_rules.policy.session import Kind, Session, requests
from iamgen_rules.policy.truth import NO, YES, Truth
from policy.cases import ACCOUNT, NOW

ALICE = Identity("user", "alice", ACCOUNT, path="/ops/", tags={"Team": "red"})
WORKER = Identity("role", "Worker", ACCOUNT, tags={"Team": "blue"})
PROBE = Call("zz:Probe", Target("*"))
TIME = "2026-11-24T12:00:00Z"
PRESENT = "aws:multifactorauthpresent"
OF_ALL = {
    "aws:currenttime": TIME,
    "aws:epochtime": "1795521600",
    "aws:principalaccount": ACCOUNT,
    "aws:principalisawsservice": "false",
    "aws:viaawsservice": "false",
}
OF_ALICE = {
    **OF_ALL,
    "aws:principalarn": f"arn:aws:iam::{ACCOUNT}:user/ops/alice",
    "aws:principaltag/team": "red",
    "aws:principaltype": "User",
    "aws:username": "alice",
}
OF_WORKER = {
    **OF_ALL,
    "aws:principalarn": f"arn:aws:iam::{ACCOUNT}:role/Worker",
    "aws:principaltag/team": "blue",
    "aws:principaltype": "AssumedRole",
    "aws:tokenissuetime": TIME,
}
ISSUED = {"aws:tokenissuetime": TIME}
VIA = {f"aws:calledvia{which}": "cloudformation.amazonaws.com" for which in ("", "first", "last")}
FIXED: list[tuple[Session, list[dict[str, str]]]] = [
    (Session(ALICE, Kind.ACCESS_KEY), [OF_ALICE]),
    (Session(ALICE, Kind.NO_MFA), [{**OF_ALICE, **ISSUED, PRESENT: "false"}]),
    (Session(ALICE, Kind.MFA), [{**OF_ALICE, **ISSUED, PRESENT: "true"}]),
    (Session(WORKER, Kind.ROLE), [OF_WORKER, {**OF_WORKER, PRESENT: "false"}]),
    (Session(WORKER, Kind.ROLE_MFA), [OF_WORKER, {**OF_WORKER, PRESENT: "false"}, {**OF_WORKER, PRESENT: "true"}]),
    (Session(ALICE, Kind.MFA, forwarded=True), [
        {**OF_ALICE, **ISSUED, **VIA, PRESENT: "false", "aws:viaawsservice": "true"},
    ]),
    (Session(ALICE, Kind.FEDERATED), [
        {**OF_ALL, **ISSUED, "aws:principaltag/team": "red", "aws:principaltype": "FederatedUser"},
    ]),
]  # fmt: skip


@pytest.mark.parametrize(("session", "fixed"), FIXED, ids=[session.name for session, _ in FIXED])
def test_fixed_keys(session: Session, fixed: list[dict[str, str]]) -> None:
    found = [request.context for request in requests(session, PROBE, NOW)]
    assert found == [{key: (value,) for key, value in one.items()} for one in fixed]


def test_a_new_member_has_no_name_and_no_tags_of_its_own() -> None:
    (found,) = requests(Session(a_member(ACCOUNT), Kind.ACCESS_KEY), PROBE, NOW)
    assert found.context.keys() == OF_ALL.keys() | {"aws:principaltype"}


def test_the_target_sets_its_tags_in_both_spaces() -> None:
    call = Call("iam:TagUser", Target(ALICE.arn, tags={"Team": "red"}), {"iam:policyarn": (("x",),)})
    (found,) = requests(Session(ALICE, Kind.ACCESS_KEY), call, NOW)
    expected = {"iam:resourcetag/team", "aws:resourcetag/team", "iam:policyarn"}
    assert found.context.keys() - OF_ALICE.keys() == expected


DENY = {"Sid": "D", "Effect": "Deny", "Action": "zz:*", "Resource": "*"}
WHY = {
    "Action": {**DENY, "Action": "iam:*"},
    "Resource": {**DENY, "Resource": "arn:aws:iam::*"},
    "Condition": {**DENY, "Condition": {"Bool": {"aws:MultiFactorAuthPresent": "false"}}},
}


@pytest.mark.parametrize("part", ["Action", "Resource", "Condition"])
def test_why_a_deny_does_not_apply(part: str) -> None:
    allow = {"Sid": "A", "Effect": "Allow", "Action": "*", "Resource": "*"}
    policies = Policies((Policy("p", parse({"Statement": [allow, WHY[part]]})),))
    reached = ask(Session(ALICE, Kind.ACCESS_KEY), PROBE, policies, now=NOW)
    (denying,) = reached.decision().denies
    assert (reached.allowed, denying.applies) == (YES, NO)
    assert denying.because is not None
    assert (denying.because.what, denying.because.fits) == (part, NO)
    condition = denying.because.condition
    if part == "Condition":
        assert condition is not None
        assert (condition.name, condition.spelling) == ("Bool", "aws:MultiFactorAuthPresent")


def test_forwarding_that_is_known_need_not_be_asked_again() -> None:
    via = {"Bool": {"aws:ViaAWSService": "true"}}
    statements = [
        {"Effect": "Allow", "Action": "cloudformation:*", "Resource": "*"},
        {"Effect": "Allow", "Action": "zz:*", "Resource": "*", "Condition": via},
    ]
    session, policies = Session(ALICE, Kind.NO_MFA), Policies((Policy("p", parse({"Statement": statements})),))
    by = forwarding(session, policies, now=NOW)
    reached = ask(session, PROBE, policies, now=NOW, by=lambda: by)
    assert reached.allowed == YES
    assert reached.by is by
    assert reached.session.name == "no-mfa, through CloudFormation"


@pytest.mark.parametrize(
    ("service", "answer"), [("ec2.amazonaws.com", YES), ("lambda.amazonaws.com", NO), ("EC2.amazonaws.com", NO)]
)
def test_a_service_needs_the_trust_alone(service: str, answer: Truth) -> None:
    trusting = {"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}
    policies = Policies(trust=Policy("trust", parse({"Statement": trusting}, "trust")))
    request = Request("sts:AssumeRole", WORKER.arn, caller=Caller("Service", "", (service,)))
    assert decide(request, policies) == answer
