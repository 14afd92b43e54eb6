"""Which policy a name or ARN in a roster means, and why AWS would not attach it."""

from __future__ import annotations

import re

from iamgen import limits
from iamgen.wording import did_you_mean, shown
from iamgen_rules.policy import aws_managed

_AWS_ARN = re.compile(rf"arn:{limits.PARTITION_PATTERN}:iam::aws:policy/(?P<suffix>.+)")
ADMINISTRATORS = ("AdministratorAccess", "IAMFullAccess")  # whoever has them can have everything


def wrong(policy: str) -> str | None:
    """What is wrong with a policy's name or ARN, and what would be right; None when it is good.

    An AWS-managed ARN whose name is unknown is good: it may be newer than the snapshot.
    """
    if not policy:
        return "is empty"
    if policy.startswith("arn:"):
        return _wrong_arn(policy)
    name = known_name(policy)
    return _unknown(policy) if name is None else _unattachable(name)


def _wrong_arn(arn: str) -> str | None:
    if not re.fullmatch(limits.POLICY_ARN_PATTERN, arn):
        return f"{shown(arn)} is not a policy's ARN, such as arn:aws:iam::123456789012:policy/boundary"
    name = arn.rpartition("/")[2]
    found = _AWS_ARN.fullmatch(arn)
    right = aws_managed.suffix(name)
    if found is None or right is None:
        return None
    if found["suffix"] != right:
        return f"{shown(arn)} does not exist: AWS has {shown(name)} under policy/{right}; write {name}"
    return _unattachable(name)


def _unknown(name: str) -> str:
    hint = did_you_mean(name.rpartition("/")[2], aws_managed.names())
    return f"no AWS-managed policy is called {shown(name)}{hint or '; write the ARN of any other policy'}"


def _unattachable(name: str) -> str | None:
    """Source: "AttachGroupPolicy" (IAM API reference), PolicyNotAttachable."""
    if not (aws_managed.suffix(name) or "").startswith("aws-service-role/"):
        return None
    return f"{shown(name)} is for a service-linked role: AWS attaches it to nothing else"


def known_name(policy: str) -> str | None:
    """The AWS-managed name that a name, a name with its path, or an ARN means; None for any other policy."""
    found = _AWS_ARN.fullmatch(policy)
    suffix = found["suffix"] if found else policy
    name = suffix.rpartition("/")[2]
    right = aws_managed.suffix(name)
    alone = found is None and suffix == name
    return name if right is not None and (alone or suffix == right) else None


def identity(policy: str) -> str:
    """The same text for a name and an ARN that mean the same policy."""
    return known_name(policy) or policy
