"""What the decisions in decisions/ are about: a construct, a kind of principal or session that has no case fails.

constructs.txt says what conditions on MFA come to in each session: in a Deny of everything beside an Allow of
everything, in an Allow of everything, and in a trust policy that suffices otherwise.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from iamgen_rules.policy.ask import FORWARDING
from iamgen_rules.policy.session import Kind
from policy.cases import ACCOUNT, Case, cases

CASES = dict(cases())
SESSIONS = ("access-key", "no-mfa", "mfa")
FILE = Path(__file__).with_name("constructs.txt")
CONSTRUCTS = [[cell.strip() for cell in line.split(" | ")] for line in FILE.read_text("utf-8").splitlines()[1:]]
PROBE = {"action": "zz:Probe", "resource": "*"}


def statements(document: Any) -> list[dict[str, Any]]:
    """Those of a document of which something is known."""
    found = document.get("Statement", []) if isinstance(document, dict) else []
    return [one for one in (found if isinstance(found, list) else [found]) if isinstance(one, dict)]


def identity_statements(case: Case) -> list[dict[str, Any]]:
    """The statements of all the caller's policies."""
    return [one for named in case["policies"] for document in named.values() for one in statements(document)]


def bearing(case: Case, where: str) -> list[dict[str, Any]]:
    """The statements among which a construct would stand alone: Deny, Allow or the trust policy's Allow."""
    if where == "trust":
        return statements(case.get("trust"))
    apart = {"trust", "boundary", "scps"}.isdisjoint(case)
    return [one for one in identity_statements(case) if one.get("Effect") == where] if apart else []


def answers(where: str, condition: object, session: str) -> set[str]:
    """What the cases say of a construct."""
    return {
        case["expected"]
        for case in CASES.values()
        if case["session"] == session and (where == "trust" or case.get("request") == PROBE)
        if [one.get("Condition") for one in bearing(case, where)] == [condition]
    }


@pytest.mark.parametrize("construct", CONSTRUCTS, ids=lambda row: f"{row[1]}: {row[0]}")
def test_a_condition_on_mfa_has_its_cases(construct: list[str]) -> None:
    _, where, condition, *expected = construct
    for session, answer in zip(SESSIONS, expected, strict=True):
        assert answer in answers(where, json.loads(condition), session), session


OTHER_ROWS = {
    "Deny ANDed with a free key": {
        "keys: a free key is avoided: region": "yes",
        "keys: a free key is avoided: address": "yes",
        "keys: a free key that is denied either way": "no",
    },
    "Deny ANDed with a fixed key": {
        "keys: a fixed key holds: user name": "no",
        "keys: a fixed key does not: user name": "yes",
    },
    "Deny ANDed with aws:ViaAWSService": {
        "forwarded: a Deny on own calls that also stops CloudFormation's calls": "no",
        "forwarded: a narrowed Deny on own calls is open through CloudFormation: key": "yes",
    },
    "Deny on some resources only": {
        "written: a Deny on some resources only: elsewhere": "yes",
        "written: a Deny on some resources only: there": "no",
        "written: a Deny on all but some resources": "no",
    },
    "Deny on some actions only": {
        "denies: iam:* denied only: power stays: access-key": "yes",
        "denies: iam:* denied only: IAM goes: access-key": "no",
    },
    "Deny that is not attached": {"denies: no gate at all: access-key": "yes", "denies: no gate at all: no-mfa": "yes"},
    "boundary that allows only with MFA": {
        "boundaries: a boundary that allows only with MFA: access-key": "no",
        "boundaries: a boundary that allows only with MFA: no-mfa": "no",
        "boundaries: a boundary that allows only with MFA: mfa": "yes",
        "trusts: own ARN: whatever the boundary leaves unsaid": "yes",
        "trusts: *: whatever the boundary leaves unsaid": "yes",
    },
    "MFA Deny in a trust policy": {
        "trusts: a Deny in the trust without MFA, key": "no",
        "trusts: a Deny in the trust without MFA, console": "no",
        "trusts: a Deny in the trust without MFA, with MFA": "yes",
    },
    "MFA condition on some other statement": {
        "denies: an MFA condition on some other statement: access-key": "yes",
        "denies: an MFA condition on some other statement: no-mfa": "yes",
    },
    "Deny NotAction *": {
        'denies: NotAction "*" denies nothing: access-key': "yes",
        'denies: NotAction "*" denies nothing: no-mfa': "yes",
    },
}


@pytest.mark.parametrize("row", OTHER_ROWS)
def test_another_row_has_its_cases(row: str) -> None:
    assert OTHER_ROWS[row] == {name: CASES[name]["expected"] for name in OTHER_ROWS[row]}


@pytest.mark.parametrize("kind", Kind)
def test_a_session_has_cases(kind: Kind) -> None:
    found = [case["expected"] for case in CASES.values() if case["session"] == kind]
    assert min(found.count("yes"), found.count("no")) >= 3


def kind_of(principal: str) -> str:
    """What sort of principal a trust policy names."""
    account = principal if principal.isdigit() else (principal.split(":") + [""] * 6)[4]
    own = {"": "", ACCOUNT: "own "}.get(account, "another's ")
    kinds = {":root": "root", ":user/": "user", ":role/": "role", ":assumed-role/": "role session"}
    if principal == "*":
        return "*"
    return own + next((kind for part, kind in kinds.items() if part in principal), "digits")


def principals(case: Case) -> set[str]:
    """The sorts of principals of AWS that a trust policy's Allows name."""
    named = [
        one["Principal"] for one in statements(case["trust"]) if one.get("Effect") == "Allow" and "Principal" in one
    ]
    values = [one.get("AWS", []) if isinstance(one, dict) else one for one in named]
    listed = [one for value in values for one in (value if isinstance(value, list) else [value])]
    return {kind_of(one) for one in listed if isinstance(one, str)}


OWN = ("own user", "own role", "own role session", "own root", "own digits", "*")


@pytest.mark.parametrize("expected", ["yes", "no"])
@pytest.mark.parametrize("conditional", [False, True])
@pytest.mark.parametrize("kind", OWN)
def test_a_trusted_principal_has_cases(kind: str, conditional: bool, expected: str) -> None:
    """Alone in its trust policy, with a condition and without; in this account, and in another that trusts this."""
    found = [
        case.get("own_account", True)
        for case in CASES.values()
        if "trust" in case and case["expected"] == expected and principals(case) == {kind}
        if any("Condition" in one for one in statements(case["trust"])) is conditional
    ]
    assert set(found) >= ({True} if "role" in kind else {True, False})


@pytest.mark.parametrize("kind", ["another's user", "another's root", "another's digits"])
def test_a_principal_of_another_account_has_a_case(kind: str) -> None:
    assert "no" in {case["expected"] for case in CASES.values() if "trust" in case and principals(case) == {kind}}


def entries() -> set[tuple[str, str]]:
    """Who enters which role, by the cases in chains.json that say so: a user is nobody."""
    return {
        (case["caller"]["role"] if "caller" in case else "", case["request"]["resource"].rpartition("/")[2])
        for name, case in CASES.items()
        if name.startswith("chains: ") and case["expected"] == "yes"
    }


def test_there_is_a_chain_of_three_roles_and_a_cycle() -> None:
    found = entries()
    assert {("", "First"), ("First", "Second"), ("Second", "Third")} <= found
    assert {("Third", "First"), ("First", "First")} <= found


@pytest.mark.parametrize("role", ["First", "Second", "Third"])
def test_a_chain_is_cut_at_each_role(role: str) -> None:
    cut = [case for name, case in CASES.items() if name.startswith("chains: ") and case["expected"] == "no"]
    assert any(case["request"]["resource"].endswith(f"/{role}") for case in cut)


@pytest.mark.parametrize("actions", FORWARDING, ids=" and ".join)
def test_a_way_through_cloudformation_has_its_case(actions: tuple[str, ...]) -> None:
    assert any(case.get("through") == [*actions] and case["expected"] == "yes" for case in CASES.values())


@pytest.mark.parametrize("expected", ["yes", "no"])
@pytest.mark.parametrize("part", ["boundary", "scps"])
def test_a_limit_has_cases_in_each_session(part: str, expected: str) -> None:
    found = {case["session"] for case in CASES.values() if part in case and case["expected"] == expected}
    assert found >= {"access-key", "no-mfa", "mfa", "federated"} | ({"role"} if part == "boundary" else set())


FIXED = (
    "aws:ViaAWSService",
    "aws:PrincipalIsAWSService",
    "aws:PrincipalType",
    "aws:PrincipalAccount",
    "aws:PrincipalArn",
    "aws:PrincipalTag/",
    "aws:username",
    "aws:CurrentTime",
    "aws:EpochTime",
    "aws:TokenIssueTime",
)
SET_BY_THE_CALL = (
    "iam:PassedToService",
    "iam:PolicyARN",
    "iam:PermissionsBoundary",
    "iam:ResourceTag/",
    "aws:ResourceTag/",
)
FREE = ("aws:RequestedRegion", "aws:SourceIp", "aws:TagKeys", "aws:RequestTag/")


@pytest.mark.parametrize("expected", ["yes", "no"])
@pytest.mark.parametrize("key", FIXED + SET_BY_THE_CALL + FREE)
def test_a_key_has_cases(key: str, expected: str) -> None:
    """In conditions of the caller's policies."""
    asked = [name for name, case in CASES.items() if case["expected"] == expected and any(read(case, key))]
    assert asked


def read(case: Case, begins: str) -> list[str]:
    """The keys of a case's conditions that begin so."""
    found = [one.get("Condition", {}) for one in identity_statements(case)]
    blocks = [block for one in found if isinstance(one, dict) for block in one.values() if isinstance(block, dict)]
    return [key for block in blocks for key in block if key.lower().startswith(begins.lower())]


ABSENT = (
    *("aws:CalledVia", "aws:CalledViaFirst", "aws:CalledViaLast"),
    *("aws:SourceArn", "aws:SourceAccount", "aws:SourceOrgID", "aws:SourceOrgPaths"),
    *("aws:PrincipalServiceName", "aws:PrincipalServiceNamesList"),
    *("aws:FederatedProvider", "aws:AssumedRoot", "aws:SourceIdentity", "saml:aud"),
    *("token.actions.githubusercontent.com:sub", "cognito-identity.amazonaws.com:amr"),
)


@pytest.mark.parametrize("key", ABSENT)
def test_a_key_that_no_call_has(key: str) -> None:
    assert CASES[f"keys: {key} is absent in a user's call"]["expected"] == "yes"
    assert CASES[f"keys: {key} cannot be had"]["expected"] == "no"
