"""A user or group has rights that lead to all rights, and nothing asks for MFA on the way.

## Why

Some permissions are all permissions to whoever knows how to use them: `iam:PutUserPolicy` on oneself,
`iam:CreateAccessKey` on an administrator, `iam:PassRole` with a service that runs code, `sts:AssumeRole` into an
administrator role. The reason tells the way, step by step, from a password or an access key.

## Fails

```hcl
resource "aws_iam_user" "deploy" {
  name = "deploy"
}

resource "aws_iam_user_policy" "deploy" {
  user = aws_iam_user.deploy.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = ["iam:AttachUserPolicy", "s3:*"], Resource = "*" }, # ! IAM010
    ]
  })
}
```

## Passes

```hcl
resource "aws_iam_user" "deploy" {
  name = "deploy"
}

resource "aws_iam_user_policy" "deploy" {
  user = aws_iam_user.deploy.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = "s3:*", Resource = "*" },
      {
        Effect    = "Allow"
        Action    = "iam:AttachUserPolicy"
        Resource  = "*"
        Condition = { Bool = { "aws:MultiFactorAuthPresent" = "true" } }
      },
    ]
  })
}
```

## Fix

Take the permission away, or confine it: the ARNs that it may be used on, the policies that may be attached
(`iam:PolicyARN`), the services that a role may be passed to (`iam:PassedToService`), a permissions boundary on whom it
makes. Where people need it, ask for MFA.

## References

- [Security best practices in IAM](https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html)
- [Granting a user permissions to pass a role to an AWS service](https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html)
- [pathfinding.cloud](https://pathfinding.cloud)
"""

from __future__ import annotations

from collections.abc import Iterator

from iamgen_rules.gates.grants import of_escalations
from iamgen_rules.gates.telling import called
from iamgen_rules.rule import ACT, Severity, Violation
from iamgen_rules.subject import Subject

CODE = "IAM010"
SEVERITY: Severity = "critical"


def find(subject: Subject) -> Iterator[Violation]:
    """The first statement on each way from some rights to all, where no gate is on it."""
    for grant in of_escalations(subject):
        step = grant.cause.step
        call = "what it allows" if step is None else called(subject, step)
        yield grant.violation(subject, f"{call} leads to all rights without MFA", SEVERITY, ACT)
