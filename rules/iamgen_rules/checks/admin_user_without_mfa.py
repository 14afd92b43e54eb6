"""A user has all rights, and nothing asks for MFA.

## Why

Whoever finds the user's password or access key has the account. An access key needs no second factor by itself, and a
console sign-in needs one only where a device is enrolled: AWS asks nobody for MFA unless a policy does.

## Fails

```hcl
resource "aws_iam_user" "alice" {
  name = "alice"
}

resource "aws_iam_user_policy_attachment" "alice" {
  user       = aws_iam_user.alice.name
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess" # ! IAM001
}
```

## Passes

A policy that denies everything without MFA, except what enrolling a device needs:

```hcl
resource "aws_iam_user" "alice" {
  name = "alice"
}

resource "aws_iam_user_policy_attachment" "alice" {
  user       = aws_iam_user.alice.name
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
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

resource "aws_iam_user_policy" "require_mfa" {
  name   = "require-mfa"
  user   = aws_iam_user.alice.name
  policy = data.aws_iam_policy_document.require_mfa.json
}
```

## Fix

Take the policy away and let the user assume a role whose trust policy asks for MFA; or attach a policy that denies
everything without it, as `iamgen render` makes it.

## References

- [AWS: Allows MFA-authenticated IAM users to manage their own credentials on the Security credentials page](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_examples_aws_my-sec-creds-self-manage.html)
- [Security best practices in IAM](https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from iamgen_rules.gates.grants import of_all_rights
from iamgen_rules.rule import ACT, Severity, Violation
from iamgen_rules.subject import Subject

CODE = "IAM001"
SEVERITY: Severity = "critical"


def find(subject: Subject) -> Iterator[Violation]:
    """Statements and attachments of users that give them all rights, where no gate is."""
    for grant in of_all_rights(subject, "user"):
        yield grant.violation(subject, f"{grant.policy} gives a user all rights without MFA", SEVERITY, ACT)
