"""Policies that AWS manages, by their ARNs, as documents."""

from __future__ import annotations

import json
import re
from functools import cache

from iamgen_rules.policy import aws_managed
from iamgen_rules.policy.document import Document
from iamgen_rules.policy.parse import parse

_ARN = re.compile(r"arn:(aws[a-z-]*):iam::aws:policy/(.+)", re.DOTALL)


@cache
def by_arn(arn: str) -> Document | None:
    """The policy of an ARN of AWS's own in any partition; None where the ARN is not AWS's.

    One that the snapshot has not is unknown, by its ARN. The snapshot is of the partition `aws`: elsewhere the ARNs
    in a policy are taken to be of the partition that it is in.
    """
    found = _ARN.fullmatch(arn)
    if found is None:
        return None
    partition, suffix = found.groups()
    if aws_managed.suffix(suffix.rpartition("/")[2]) != suffix:
        return Document(missing=frozenset({arn}))
    text = json.dumps(aws_managed.document(suffix))
    return parse(text.replace('"arn:aws:', f'"arn:{partition}:'))
