"""Own users get into an administrator role, and nothing asks them for MFA.

## Why

A role is as well guarded as its trust policy and those whom it lets in. A trust policy that names the account, or a
user, without a condition on MFA hands the role to whoever holds an access key that may assume it. It is in order where
all declared users and groups that may assume the role are gated themselves; where nobody declared may, nobody knows.
Roles that services and identity providers alone may assume are not looked at: who gets in is decided elsewhere.

## Fails

```hcl
data "aws_caller_identity" "current" {}

resource "aws_iam_role" "ops" {
  name = "ops"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{ # ! IAM003
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.current.account_id}:root" }
    }]
  })
}

resource "aws_iam_role_policy_attachment" "ops" {
  role       = aws_iam_role.ops.name
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
}
```

## Passes

```hcl
data "aws_caller_identity" "current" {}

resource "aws_iam_role" "ops" {
  name = "ops"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.current.account_id}:root" }
      Condition = { Bool = { "aws:MultiFactorAuthPresent" = "true" } }
    }]
  })
}

resource "aws_iam_role_policy_attachment" "ops" {
  role       = aws_iam_role.ops.name
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
}
```

## Fix

Have the trust policy ask for MFA: `Bool`, never `BoolIfExists`, with `aws:MultiFactorAuthPresent` `"true"`.

## References

- [Secure API access with MFA](https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_configure-api-require.html)
- [AWS JSON policy elements: Principal](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from iamgen_rules.gates.asking import ask_for_mfa
from iamgen_rules.gates.open import administrators, by_statement, everybody, reason
from iamgen_rules.rule import ACT, Fix, Severity, Violation
from iamgen_rules.subject import Subject

CODE = "IAM003"
SEVERITY: Severity = "critical"


def find(subject: Subject) -> Iterator[Violation]:
    """Statements of trust policies, with the roles that they open and those who come in through them."""
    for opened in by_statement(administrators(subject, "trust")).values():
        cause = opened[0].cause
        edits = ask_for_mfa(cause.binding, cause.statement, subject.texts)
        yield Violation(
            cause.place,
            "the trust policy lets own users into an administrator role without MFA",
            SEVERITY,
            everybody(subject, opened),
            reason(subject, opened),
            Fix('add the condition Bool aws:MultiFactorAuthPresent "true"', cause.place, edits),
            ACT,
            about=f"{cause.binding.policy.address or cause.binding.holder} {cause.statement.name}",
        )
