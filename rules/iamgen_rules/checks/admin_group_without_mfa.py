"""A group has all rights, and nothing asks its members for MFA.

## Why

Whoever is put into the group has the account with a password or an access key alone. The group is judged as somebody
is who has just been put into it and has nothing else; the members that are open through it are in the same finding.
Where the members are all known and each of them is gated by something else, the rule is silent.

## Fails

```hcl
resource "aws_iam_group" "admins" {
  name = "admins"
}

resource "aws_iam_group_policy_attachment" "admins" {
  group      = aws_iam_group.admins.name
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess" # ! IAM002
}
```

## Passes

```hcl
resource "aws_iam_group" "admins" {
  name = "admins"
}

resource "aws_iam_group_policy_attachment" "admins" {
  group      = aws_iam_group.admins.name
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

resource "aws_iam_group_policy" "require_mfa" {
  name   = "require-mfa"
  group  = aws_iam_group.admins.name
  policy = data.aws_iam_policy_document.require_mfa.json
}
```

## Fix

Attach a policy to the group that denies everything without MFA, as `iamgen render` makes it; or take the rights away
and let the members assume a role whose trust policy asks for MFA.

## References

- [AWS: Allows MFA-authenticated IAM users to manage their own credentials on the Security credentials page](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_examples_aws_my-sec-creds-self-manage.html)
- [Security best practices in IAM](https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from iamgen_rules.gates.grants import of_all_rights
from iamgen_rules.rule import ACT, Severity, Violation
from iamgen_rules.subject import Subject

CODE = "IAM002"
SEVERITY: Severity = "critical"


def find(subject: Subject) -> Iterator[Violation]:
    """Statements and attachments of groups that give their members all rights, where no gate is."""
    for grant in of_all_rights(subject, "group"):
        yield grant.violation(subject, f"{grant.policy} gives a group all rights without MFA", SEVERITY, ACT)
