"""Whether one statement is about all that another is about."""

from __future__ import annotations

import json
from typing import Any

import pytest

from iamgen_rules.gates.cover import covers
from iamgen_rules.policy.document import Statement
from iamgen_rules.policy.parse import parse

REGION = {"StringEquals": {"aws:RequestedRegion": "eu-west-1"}}


def statement(**parts: Any) -> Statement:
    body = {"Effect": "Deny", "Resource": "*", **parts}
    return parse(json.dumps({"Version": "2012-10-17", "Statement": body})).statements[0]


@pytest.mark.parametrize(
    ("wide", "narrow", "expected"),
    [
        ({"Action": "*"}, {"Action": "iam:*"}, True),
        ({"Action": "iam:*"}, {"Action": "*"}, False),
        ({"Action": ["s3:*", "IAM:*"]}, {"Action": "iam:Get*"}, True),
        ({"NotAction": "iam:Get*"}, {"NotAction": ["iam:*"]}, True),
        ({"NotAction": "iam:*"}, {"NotAction": "iam:Get*"}, False),
        ({"NotAction": "iam:*"}, {"Action": "s3:*"}, True),
        ({"NotAction": "iam:GetUser"}, {"Action": "iam:*"}, False),
        ({"NotAction": "iam:*"}, {"Action": "iam:GetUser"}, False),
        ({"Action": "*"}, {"NotAction": "iam:*"}, True),
        ({"Action": "iam:*"}, {"NotAction": "s3:*"}, False),
        ({"Action": "*", "Resource": "arn:aws:s3:::*"}, {"Action": "*"}, False),
        ({"Action": "*"}, {"Action": "*", "Resource": "arn:aws:s3:::*"}, True),
        ({"Action": "*", "Condition": REGION}, {"Action": "*"}, False),
        ({"Action": "*"}, {"Action": "*", "Condition": REGION}, True),
        ({"Action": "*", "Effect": "Allow"}, {"Action": "*"}, False),
    ],
)
def test_a_statement_covers_another(wide: dict[str, Any], narrow: dict[str, Any], *, expected: bool) -> None:
    assert covers(statement(**wide), statement(**narrow)) is expected
