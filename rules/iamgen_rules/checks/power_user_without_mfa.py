"""A user or group may do everything but escalate, and nothing asks for MFA.

## Why

PowerUserAccess and its like are no administrator's rights, but they read, change and delete all that the account runs.
The same is left to administrators whose gate covers IAM alone, or who have their rights on IAM with MFA only.

## Fails

```hcl
resource "aws_iam_group" "developers" {
  name = "developers"
}

resource "aws_iam_group_policy_attachment" "developers" {
  group      = aws_iam_group.developers.name
  policy_arn = "arn:aws:iam::aws:policy/PowerUserAccess" # ! IAM015
}
```

## Passes

```hcl
resource "aws_iam_group" "developers" {
  name = "developers"
}

resource "aws_iam_group_policy_attachment" "developers" {
  group      = aws_iam_group.developers.name
  policy_arn = "arn:aws:iam::aws:policy/PowerUserAccess"
}

data "aws_iam_policy_document" "require_mfa" {
  statement {
    effect      = "Deny"
    not_actions = ["iam:CreateVirtualMFADevice", "iam:EnableMFADevice", "iam:ListMFADevices", "sts:GetSessionToken"]
    resources   = ["*"]

    condition {
      test     = "BoolIfExists"
      variable = "aws:MultiFactorAuthPresent"
      values   = ["false"]
    }
  }
}

resource "aws_iam_group_policy" "require_mfa" {
  name   = "require-mfa"
  group  = aws_iam_group.developers.name
  policy = data.aws_iam_policy_document.require_mfa.json
}
```

## Fix

Attach a policy that denies everything without MFA, as `iamgen render` makes it.

## References

- [AWS managed policy: PowerUserAccess](https://docs.aws.amazon.com/aws-managed-policy/latest/reference/PowerUserAccess.html)
- [AWS: Allows MFA-authenticated IAM users to manage their own credentials on the Security credentials page](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_examples_aws_my-sec-creds-self-manage.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from iamgen_rules.gates.grants import grants
from iamgen_rules.gates.open import POWER, of_power
from iamgen_rules.rule import Severity, Violation
from iamgen_rules.subject import Subject

CODE = "IAM015"
SEVERITY: Severity = "medium"


def find(subject: Subject) -> Iterator[Violation]:
    """Statements and attachments that give power without MFA, and no more."""
    for grant in grants(of_power(subject, "grant", "trust")):
        message = f"{grant.policy} gives power over all services without MFA"
        yield grant.violation(subject, message, SEVERITY, POWER)
