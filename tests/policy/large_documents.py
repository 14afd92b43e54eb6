"""Large documents by size."""

from __future__ import annotations

from typing import Any


def of_other_services(count: int) -> list[dict[str, Any]]:
    """Statements that have nothing to do with the request."""
    return [{"Effect": "Allow", "Action": f"s{number}:Get*", "Resource": "*"} for number in range(count)]


def of_other_users(count: int) -> list[dict[str, Any]]:
    """Statements about the action, on other users, each with a condition of its own."""
    return [
        {
            "Effect": "Deny",
            "Action": "iam:*",
            "Resource": f"arn:aws:iam::*:user/user-{number:06}",
            "Condition": {"StringEquals": {f"zz:key-{number:06}": "${aws:username}"}},
        }
        for number in range(count)
    ]


def of_one_long_list(count: int) -> list[dict[str, Any]]:
    """One statement with many resources."""
    return [
        {
            "Effect": "Allow",
            "Action": "iam:*",
            "Resource": [f"arn:aws:iam::*:user/*{number:06}*" for number in range(count)],
        }
    ]


def of_gates(count: int) -> list[dict[str, Any]]:
    """The gate, again and again."""
    gate = {
        "Effect": "Deny",
        "NotAction": "iam:Get*",
        "Resource": "*",
        "Condition": {"Bool": {"aws:MultiFactorAuthPresent": "false"}},
    }
    return [{"Effect": "Allow", "Action": "*", "Resource": "*"}, *([gate] * count)]
