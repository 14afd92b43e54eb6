"""A Deny without MFA stands on a role, and may lock the role out.

## Why

MFA is asked for when a role is entered, in its trust policy. Whether the sessions of a role say anything of MFA is not
for the role to decide: roles that a service or an identity provider enters never do, and those that a user enters
mostly do not. A Deny that is met where `aws:MultiFactorAuthPresent` is absent or "false" then denies everything that
the role is for.

## Fails

```hcl
resource "aws_iam_role" "deploy" {
  name = "deploy"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "codebuild.amazonaws.com" }
    }]
  })
}

resource "aws_iam_role_policy" "deploy" {
  role = aws_iam_role.deploy.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = "s3:*", Resource = "*" },
      { # ! IAM008
        Effect    = "Deny"
        Action    = "*"
        Resource  = "*"
        Condition = { BoolIfExists = { "aws:MultiFactorAuthPresent" = "false" } }
      },
    ]
  })
}
```

## Passes

```hcl
data "aws_caller_identity" "current" {}

resource "aws_iam_role" "deploy" {
  name = "deploy"
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

resource "aws_iam_role_policy" "deploy" {
  role = aws_iam_role.deploy.name
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "s3:*", Resource = "*" }]
  })
}
```

## Fix

Take the Deny off the role. Where people enter it, ask for MFA in its trust policy: `Bool`
`aws:MultiFactorAuthPresent` "true".

## References

- [AWS global condition context keys](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html)
- [Secure API access with MFA](https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_configure-api-require.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from iamgen_rules.account.facts import PROBE
from iamgen_rules.account.index import NO_EDITS
from iamgen_rules.account.session import identity
from iamgen_rules.gates.effects import Beside, allowing
from iamgen_rules.gates.naming import at, named, shown
from iamgen_rules.gates.standing import Gate, standing
from iamgen_rules.policy.identity import Call
from iamgen_rules.policy.session import Kind, Session
from iamgen_rules.rule import Fix, Line, Severity, Violation
from iamgen_rules.source import Place
from iamgen_rules.subject import Subject

CODE = "IAM008"
SEVERITY: Severity = "high"


def find(subject: Subject) -> Iterator[Violation]:
    """Gates on roles that take something away from a session of theirs without MFA."""
    for gate in standing(subject):
        if gate.binding.holder.kind == "role":
            lost = _lost(subject, gate)
            if lost is not None:
                yield _violation(subject, gate, lost)


def _lost(subject: Subject, gate: Gate) -> Call | None:
    ref, index = gate.binding.holder, subject.judge.index
    session = Session(identity(index, ref, NO_EDITS), Kind.ROLE)
    return Beside(session, allowing(index.bindings(ref, NO_EDITS)), subject.now).loses(gate)


def _violation(subject: Subject, gate: Gate, lost: Call) -> Violation:
    role = subject.who(gate.binding.holder)
    place = _cause(gate)
    call = "any action" if lost.action == PROBE else f"{lost.action} on {shown(lost.target.resource)}"
    said = f"in role {role.name} without MFA, {named(gate.binding, gate.statement)}{at(gate.place)} denies {call}"
    return Violation(
        place,
        "a Deny without MFA on a role may lock the role out",
        SEVERITY,
        (role,),
        (Line(said, gate.place),),
        Fix(f"take it off role {role.name}; where people enter the role, ask for MFA in its trust policy", place),
        about=f"{role.address} {gate.about}",
    )


def _cause(gate: Gate) -> Place:
    """What puts a managed policy on the role; of an inline one the statement."""
    return gate.place if gate.binding.how == "inline" else gate.binding.place
