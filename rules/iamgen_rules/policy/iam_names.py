"""Which ARNs there can be in IAM: of what letters names and paths are made.

Source: "IAM and AWS STS quotas", IAM name requirements (IAM User Guide). AWS takes more letters in paths, colons
among them; no name that somebody has is lost by leaving them out.
"""

from __future__ import annotations

import re
import string

from iamgen_rules.policy.wildcard import Wild
from iamgen_rules.policy.witnesses import Machine

LETTERS = frozenset(string.ascii_letters + string.digits + "+=,.@_-/")
_PATH_AND_NAME = re.compile(r"[^:/]+/(?:[\w+=,.@-]+/)*[\w+=,.@-]+", re.ASCII)

# What tells ARNs that cannot be from those that can, for the search that looks at one text for each set of patterns.
MACHINES = (Machine((Wild.MANY, "/")), Machine((Wild.MANY, "//", Wild.MANY)))


def is_of_iam(arn: str) -> bool:
    """Whether an ARN, or the shape of one, is of IAM's own resources; an account's root has no name."""
    return arn.split(":", 3)[2:3] == ["iam"] and not arn.endswith(":root")


def is_legal(arn: str) -> bool:
    """Whether a user, group, role, policy or device of IAM can have this ARN."""
    return _PATH_AND_NAME.fullmatch(arn.rpartition(":")[2]) is not None
