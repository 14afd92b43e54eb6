"""Data sources that look up what exists in IAM: what AWS itself manages is known, of others what they are asked by.

Source: the AWS provider's documentation of each.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import partial

from iamgen_rules.policy import aws_managed
from iamgen_rules.policy.text import Text, Unknown, text_of
from iamgen_rules.terraform.aws.account import arn, partition_of
from iamgen_rules.terraform.aws.computed import Compute, Configured
from iamgen_rules.terraform.aws.iam import text
from iamgen_rules.terraform.values import Value, string

_ASKED_BY = {"aws_iam_user": "user_name", "aws_iam_group": "group_name", "aws_iam_role": "name"}
_IDS = {"aws_iam_role": "id"}


def _policy(configured: Configured, attribute: str) -> Value | None:
    """One of AWS's own by ARN or by name; an account that has a policy of that name has another one."""
    suffix = _suffix(configured)
    if suffix is None:
        return None
    folder, _, name = suffix.rpartition("/")
    whole = f"arn:{partition_of(configured)}:iam::aws:policy/{suffix}"
    known = {"arn": whole, "id": whole, "name": name, "path": f"/{folder}/" if folder else "/"}
    if attribute == "policy":
        document = json.dumps(aws_managed.document(suffix), separators=(",", ":"))
        return string(document.replace('"arn:aws:', f'"arn:{partition_of(configured)}:'))
    return string(known[attribute]) if attribute in known else None


def _suffix(configured: Configured) -> str | None:
    """What follows `policy/` in the ARN of the policy that is looked up, where AWS manages it."""
    given, name = text(configured, "arn"), text(configured, "name")
    if isinstance(given, str) and ":iam::aws:policy/" in given:
        name = given.rpartition("/")[2]
    if not isinstance(given, str) or not isinstance(name, str) or (given and ":iam::aws:policy/" not in given):
        return None
    suffix = aws_managed.suffix(name)
    if suffix is None or (given and not given.endswith(f":policy/{suffix}")):
        return None
    path = text(configured, "path_prefix")
    return suffix if isinstance(path, str) and f"/{suffix}".startswith(path) else None


def _principal(kind: str, configured: Configured, attribute: str) -> Value | None:
    """What is asked by is the name; the path is not known, and the ARN has it."""
    name: Text = text(configured, _ASKED_BY[kind])
    if attribute == "arn":
        path = Unknown(f"{configured.address}.path")
        return string(text_of(arn(configured, f"{kind.removeprefix('aws_iam_')}/"), path, name))
    return string(name) if attribute == _IDS.get(kind) else None


COMPUTED: Mapping[tuple[str, str], Compute] = {
    ("data", "aws_iam_policy"): _policy,
    **{("data", kind): partial(_principal, kind) for kind in _ASKED_BY},
}
