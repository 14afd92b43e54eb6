"""ARNs and addresses as Terraform expressions, for whichever account and partition it runs in."""

from __future__ import annotations

from collections.abc import Mapping

from iamgen.hcl import Expression, Value, reference, template
from iamgen_rules.policy import aws_managed

ACCOUNT = reference("local", "account")
PARTITION = reference("local", "partition")

# Source: "Switch from a user to an IAM role (console)" (IAM User Guide), and its editions for GovCloud and China.
SIGNIN = {
    "aws": "signin.aws.amazon.com",
    "aws-cn": "signin.amazonaws.cn",
    "aws-us-gov": "signin.amazonaws-us-gov.com",
}


def iam_arn(resource: str, account: str | Expression = ACCOUNT) -> Expression:
    """The ARN of an IAM resource in the partition where Terraform runs."""
    return template("arn:", PARTITION, ":iam::", account, ":", resource)


def policy_arn(name: str) -> Value:
    """An AWS-managed policy's name as an ARN; an ARN stays as it is."""
    if name.startswith("arn:"):
        return name
    return iam_arn(f"policy/{aws_managed.suffix(name) or name}", account="aws")


OWN_USER = iam_arn("user/${aws:username}")
OWN_USER_IN_PATH = iam_arn("user/*/${aws:username}")
RESOURCES: Mapping[str, Value] = {
    "all": ["*"],
    "self": reference("local", "self"),
    "devices": [iam_arn("mfa/*")],
}
