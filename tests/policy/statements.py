"""Statements that AWS takes, to change a member of."""

from __future__ import annotations

from iamgen_rules.policy.document import Kind
from iamgen_rules.policy.text import Unknown

X = Unknown("var.x")
KINDS: list[Kind] = ["identity", "trust"]
MEMBERS = ["Action", "Condition", "Effect", "NotAction", "NotPrincipal", "NotResource", "Principal", "Resource", "Sid"]
ALLOW = {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}
TRUST = {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"AWS": "arn:aws:iam::111122223333:root"}}


def allow(**changes: object) -> dict[str, object]:
    """One Allow with some members changed; None removes one."""
    return {key: value for key, value in {**ALLOW, **changes}.items() if value is not None}


def trust(**changes: object) -> dict[str, object]:
    """One trust statement with some members changed; None removes one."""
    return {key: value for key, value in {**TRUST, **changes}.items() if value is not None}
