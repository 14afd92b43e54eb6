"""An administrator has the rights all day, outside a role, though MFA is enforced.

## Why

Who signs in with MFA in the morning is an administrator until the evening, in every tab and every shell. In a role
that is entered with MFA when it is needed, and for an hour, a stolen session or a slip of the hand costs less, and each
entry is in CloudTrail.

## Fails

```hcl
resource "aws_iam_group" "admins" {
  name = "admins"
}

resource "aws_iam_group_policy_attachment" "admin" {
  group      = aws_iam_group.admins.name
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess" # ! IAM011
}

resource "aws_iam_group_policy" "mfa" {
  group = aws_iam_group.admins.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Deny"
      NotAction = ["iam:CreateVirtualMFADevice", "iam:EnableMFADevice", "iam:ListMFADevices"]
      Resource  = "*"
      Condition = { BoolIfExists = { "aws:MultiFactorAuthPresent" = "false" } }
    }]
  })
}
```

## Passes

```hcl
data "aws_caller_identity" "current" {}

resource "aws_iam_group" "ops" {
  name = "ops"
}

resource "aws_iam_group_policy" "sudo" {
  group = aws_iam_group.ops.name
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Resource = aws_iam_role.sudo.arn }]
  })
}

resource "aws_iam_role" "sudo" {
  name = "sudo"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { AWS = data.aws_caller_identity.current.account_id }
      Condition = { Bool = { "aws:MultiFactorAuthPresent" = "true" } }
    }]
  })
}

resource "aws_iam_role_policy_attachment" "sudo" {
  role       = aws_iam_role.sudo.name
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
}
```

## Fix

Grant the rights to a role whose trust policy asks for MFA, and let the group assume that role: that is what
`iamgen render` writes.

## References

- [Security best practices in IAM](https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html)
- [Switch from a user to an IAM role (console)](https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_switch-role-console.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from iamgen_rules.account.model import Ref
from iamgen_rules.gates.rights import granting, grants
from iamgen_rules.rule import Consequence, Fix, Severity, Violation
from iamgen_rules.subject import Subject

CODE = "IAM011"
SEVERITY: Severity = "low"
_STANDING = Consequence("standing administrator", "standing administrators")


def find(subject: Subject) -> Iterator[Violation]:
    """Users and groups with full rights of their own, or an escalation to them, behind MFA: at what grants them."""
    for ref, judgement in subject.judgements.items():
        if ref.kind != "role" and judgement.verdict == "gated" and judgement.klass in ("full", "escalation"):
            yield from _violations(subject, ref)


def _violations(subject: Subject, ref: Ref) -> Iterator[Violation]:
    for one in granting(subject, ref)[:1]:
        yield Violation(
            one.place,
            "administrator rights are granted outside a role",
            SEVERITY,
            (subject.who(ref),),
            tuple(grants(subject, ref)),
            Fix("grant them to a role whose trust policy asks for MFA, and let it be assumed", one.place),
            _STANDING,
            about=f"{one.place.address or one.binding.holder} {one.binding.label}",
        )
