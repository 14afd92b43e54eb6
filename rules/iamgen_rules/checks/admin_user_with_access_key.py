"""An administrator's access key is made by Terraform: its secret is in the state.

## Why

Terraform keeps what it makes. Whoever reads the state, its backups or the output that hands the key over, holds a
long-term credential of an administrator. A gate stops that key from acting without MFA, but not from enrolling: AWS
asks for an existing device only where the user has one, so until then whoever holds the key can add a device of their
own and pass the gate. With `pgp_key` the state has the secret only in encrypted form, and this rule is silent.

## Fails

```hcl
resource "aws_iam_user" "alice" {
  name = "alice"
}

resource "aws_iam_user_policy_attachment" "alice" {
  user       = aws_iam_user.alice.name
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
}

resource "aws_iam_access_key" "alice" { # ! IAM012
  user = aws_iam_user.alice.name
}
```

## Passes

```hcl
resource "aws_iam_user" "reader" {
  name = "reader"
}

resource "aws_iam_user_policy_attachment" "reader" {
  user       = aws_iam_user.reader.name
  policy_arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"
}

resource "aws_iam_access_key" "reader" {
  user = aws_iam_user.reader.name
}
```

## Fix

Remove the resource, and let administrators make their own key after they have enrolled a device. A program should not
have a user: give it a role that its own platform lets in (OpenID Connect for a CI, an instance profile on EC2).

## References

- [Security best practices in IAM](https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html)
- [Assign MFA devices in the AWS CLI or AWS API](https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_enable_cliapi.html)
- [Resource: aws_iam_access_key](https://github.com/hashicorp/terraform-provider-aws/blob/main/website/docs/r/iam_access_key.html.markdown)
"""

from __future__ import annotations

from collections.abc import Iterator

from iamgen_rules.account.model import Ref
from iamgen_rules.gates.rights import grants, is_administrator
from iamgen_rules.rule import Fix, Line, Severity, Violation
from iamgen_rules.source import Place
from iamgen_rules.subject import Subject

CODE = "IAM012"
SEVERITY: Severity = "high"


def find(subject: Subject) -> Iterator[Violation]:
    """Access keys of users who are administrators, with MFA or without."""
    for user in subject.account.users:
        ref = Ref("user", user.name)
        if user.access_keys and is_administrator(subject, ref):
            yield from (_violation(subject, ref, key) for key in user.access_keys)


def _violation(subject: Subject, ref: Ref, key: Place) -> Violation:
    who = subject.who(ref)
    first_device = "until a device is enrolled, whoever has the key may enrol one of their own"
    return Violation(
        key,
        "the access key of an administrator is in Terraform's state",
        SEVERITY,
        (who,),
        (*grants(subject, ref), Line(first_device)),
        Fix(f"remove the resource; {who.name} makes a key after enrolling a device", key),
        about=key.address or who.address,
    )
