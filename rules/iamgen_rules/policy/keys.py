"""Condition keys by what decides their values.

Source: "AWS global condition context keys", "IAM and AWS STS condition context keys" (IAM User Guide).
"""

from __future__ import annotations

PRESENT, AGE = "aws:multifactorauthpresent", "aws:multifactorauthage"
USERNAME, PRINCIPAL_ARN, PRINCIPAL_TAG = "aws:username", "aws:principalarn", "aws:principaltag/"
PASSED_TO, POLICY_ARN, BOUNDARY = "iam:passedtoservice", "iam:policyarn", "iam:permissionsboundary"
TARGET_TAGS = ("iam:resourcetag/", "aws:resourcetag/")
SOURCE_ACCOUNT = "aws:sourceaccount"
_OF_SOURCE = ("aws:sourcearn", SOURCE_ACCOUNT, "aws:sourceorg")
_SET_BY_CALL = frozenset({PASSED_TO, POLICY_ARN, BOUNDARY})
_SET_BY_SESSION = frozenset({PRESENT, AGE, USERNAME, PRINCIPAL_ARN, "aws:tokenissuetime"})
_NEVER_A_USERS = (
    "aws:calledvia",
    *_OF_SOURCE,
    "aws:principalservicename",
    "aws:federatedprovider",
    "aws:assumedroot",
    "aws:sourceidentity",
    "saml:",
)


def of_target(key: str) -> bool:
    """Whether a key is a tag of what the call is made on."""
    return key.startswith(TARGET_TAGS)


def of_caller(key: str) -> bool:
    """Whether a key is a tag of the caller."""
    return key.startswith(PRINCIPAL_TAG)


def of_source(key: str) -> bool:
    """Whether a key says for which resource a service makes a call."""
    return key.startswith(_OF_SOURCE)


def is_absent(key: str) -> bool:
    """Whether a key is in no request of a user or role, unless its session or the call sets it.

    An OpenID Connect provider's keys begin with its host name; no service's prefix has a dot.
    """
    own = key in _SET_BY_CALL or key in _SET_BY_SESSION
    return own or key.startswith(_NEVER_A_USERS) or "." in key.partition(":")[0]
