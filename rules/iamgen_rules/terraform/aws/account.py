"""The account and partition of a provider configuration.

Source: "Amazon Resource Names (ARNs)" (AWS General Reference): which regions are in which partition.
"""

from __future__ import annotations

from iamgen_rules.account.resource import digits_of
from iamgen_rules.policy.text import Text, Unknown, text_of
from iamgen_rules.terraform.aws.computed import Configured
from iamgen_rules.terraform.types import STRING
from iamgen_rules.terraform.values import Value, string

_SUFFIXES = {
    "aws": "amazonaws.com",
    "aws-cn": "amazonaws.com.cn",
    "aws-us-gov": "amazonaws.com",
    "aws-iso": "c2s.ic.gov",
    "aws-iso-b": "sc2s.sgov.gov",
    "aws-iso-e": "cloud.adc-e.uk",
    "aws-iso-f": "csp.hci.ic.gov",
    "aws-eusc": "amazonaws.eu",
}
_PARTITIONS = {
    "cn": "aws-cn",
    "us-gov": "aws-us-gov",
    "us-iso": "aws-iso",
    "us-isob": "aws-iso-b",
    "eu-isoe": "aws-iso-e",
    "us-isof": "aws-iso-f",
    "eusc-de": "aws-eusc",
}


def partition_of(configured: Configured) -> str:
    """The partition of its region; `aws` where the code does not say which that is."""
    region = configured.region.data
    if not isinstance(region, str):
        return "aws"
    words = region.split("-")
    return _PARTITIONS.get("-".join(words[:2])) or _PARTITIONS.get(words[0], "aws")


def arn(configured: Configured, *rest: Text) -> Text:
    """An ARN of IAM in its account: `user`, a path, a name."""
    return text_of(f"arn:{partition_of(configured)}:iam::{digits_of(configured.provider)}:", *rest)


def _partition(configured: Configured, attribute: str) -> Value | None:
    partition = partition_of(configured)
    suffix = _SUFFIXES[partition]
    known = {
        "partition": partition,
        "id": partition,
        "dns_suffix": suffix,
        "reverse_dns_prefix": ".".join(reversed(suffix.split("."))),
    }
    return Value(STRING, known[attribute]) if attribute in known else None


def _caller(configured: Configured, attribute: str) -> Value | None:
    return string(digits_of(configured.provider)) if attribute in ("account_id", "id") else None


def _region(configured: Configured, attribute: str) -> Value | None:
    region = configured.argument("name") if attribute != "name" else configured.region
    region = configured.region if region.is_null else region
    known = isinstance(region.data, str)
    if attribute in ("name", "id", "region") and (known or isinstance(region.data, Unknown)):
        return region
    return None


COMPUTED = {
    ("data", "aws_partition"): _partition,
    ("data", "aws_caller_identity"): _caller,
    ("data", "aws_region"): _region,
}
