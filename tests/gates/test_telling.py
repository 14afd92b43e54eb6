"""A proof in words, as lines of a reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from iamgen_rules.account.model import Ref
from iamgen_rules.gates.telling import told
from iamgen_rules.subject import Subject
from rule_cases import plant, subjects

GROUPS = """
resource "aws_iam_group" "admins" {
  name = "admins"
}
resource "aws_iam_group_policy_attachment" "admins" {
  group      = aws_iam_group.admins.name
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
}
resource "aws_iam_user" "alice" {
  name = "alice"
}
resource "aws_iam_user_group_membership" "alice" {
  user   = aws_iam_user.alice.name
  groups = [aws_iam_group.admins.name]
}
"""
GATE = """
resource "aws_iam_group_policy" "gate" {{
  name  = "gate"
  group = aws_iam_group.admins.name
  policy = jsonencode({{
    Version = "2012-10-17"
    Statement = [{{
      Sid = "DenyWithoutMFA", Effect = "Deny", NotAction = {exempt}, Resource = {resource}
      Condition = {{ {condition} }}
    }}]
  }})
}}
"""
PRESENT = '{ "aws:MultiFactorAuthPresent" = "false" }'


def lines(tmp_path: Path, files: dict[str, str], ref: Ref) -> list[str]:
    plant(tmp_path, files)
    (subject,) = subjects(tmp_path)
    return [line.replace(f"{tmp_path}/", "") for line in _said(subject, ref)]


def _said(subject: Subject, ref: Ref) -> list[str]:
    return [line.text for line in told(subject, subject.steps(ref))]


@pytest.mark.parametrize(
    ("exempt", "resource", "condition", "expected"),
    [
        (
            '["iam:GetUser"]',
            '"*"',
            f"Bool = {PRESENT}",
            """
            alice → group admins (groups.tf:13) → AdministratorAccess (groups.tf:6)
            with an access key, any action on any resource is allowed by AdministratorAccess;
            DenyWithoutMFA (gate.tf:6) does not apply: Bool is false when aws:MultiFactorAuthPresent is absent
            """,
        ),
        (
            '["iam:GetUser"]',
            '"*"',
            f'BoolIfExists = {PRESENT}, StringEquals = {{ "aws:RequestedRegion" = "eu-west-1" }}',
            """
            alice → group admins (groups.tf:13) → AdministratorAccess (groups.tf:6)
            with an access key, any action on any resource is allowed by AdministratorAccess;
            DenyWithoutMFA (gate.tf:6) does not apply: StringEquals is false when aws:RequestedRegion is absent
            """,
        ),
        (
            '["iam:GetUser"]',
            '"*"',
            f'BoolIfExists = {PRESENT}, StringEqualsIfExists = {{ "aws:RequestedRegion" = "eu-west-1" }}',
            """
            alice → group admins (groups.tf:13) → AdministratorAccess (groups.tf:6)
            with an access key, where aws:RequestedRegion has another value, any action on any resource is allowed by \
            AdministratorAccess;
            DenyWithoutMFA (gate.tf:6) does not apply: StringEqualsIfExists is false when aws:RequestedRegion has \
            another value
            """,
        ),
        (
            '["iam:GetUser"]',
            '"arn:aws:s3:::*"',
            f"BoolIfExists = {PRESENT}",
            """
            alice → group admins (groups.tf:13) → AdministratorAccess (groups.tf:6)
            with an access key, any action on any resource is allowed by AdministratorAccess;
            DenyWithoutMFA (gate.tf:6) does not apply: Resource does not match every resource
            """,
        ),
        (
            '["iam:DeleteGroupPolicy"]',
            '"*"',
            f"BoolIfExists = {PRESENT}",
            """
            alice → group admins (groups.tf:13) → AdministratorAccess (groups.tf:6)
            with an access key, iam:DeleteGroupPolicy on group admins is allowed by AdministratorAccess;
            DenyWithoutMFA (gate.tf:6) does not apply: NotAction exempts iam:DeleteGroupPolicy
            then gate of group admins is deleted
            with an access key, any action on any resource is allowed by AdministratorAccess
            """,
        ),
        (
            '["iam:GetUser"]',
            '"*"',
            'Null = { "aws:MultiFactorAuthPresent" = "true" }',
            """
            alice → group admins (groups.tf:13) → AdministratorAccess (groups.tf:6)
            in the console without MFA, any action on any resource is allowed by AdministratorAccess;
            DenyWithoutMFA (gate.tf:6) does not apply: Null is false when aws:MultiFactorAuthPresent is false
            """,
        ),
    ],
)
def test_why_a_gate_does_not_stop_it(exempt: str, resource: str, condition: str, expected: str, tmp_path: Path) -> None:
    gate = GATE.format(exempt=exempt, resource=resource, condition=condition).lstrip("\n")
    files = {"groups.tf": GROUPS.lstrip("\n"), "gate.tf": gate}
    assert lines(tmp_path, files, Ref("user", "alice")) == [
        " ".join(line.split()) for line in expected.strip().splitlines()
    ]


def test_a_new_member_of_a_group_and_what_is_given_it(tmp_path: Path) -> None:
    text = """
    resource "aws_iam_group" "helpers" {
      name = "helpers"
    }
    resource "aws_iam_group_policy" "helpers" {
      group = aws_iam_group.helpers.name
      policy = jsonencode({
        Version = "2012-10-17"
        Statement = [
          { Effect = "Allow", Action = "iam:PutUserPolicy", Resource = "arn:aws:iam::*:user/$${aws:username}" },
        ]
      })
    }
    """
    assert lines(tmp_path, {"main.tf": text}, Ref("group", "helpers")) == [
        "group helpers → aws_iam_group_policy.helpers (main.tf:7)",
        "with an access key, iam:PutUserPolicy on itself is allowed by aws_iam_group_policy.helpers (main.tf:10)",
        "then a new member of group helpers is allowed everything",
        "with an access key, any action on any resource is allowed by the rights gained",
    ]


def test_a_role_that_asks_for_mfa_in_vain(tmp_path: Path) -> None:
    text = """
    resource "aws_iam_user" "alice" {
      name = "alice"
    }
    resource "aws_iam_role" "ops" {
      name = "ops"
      assume_role_policy = jsonencode({
        Version = "2012-10-17"
        Statement = [{
          Effect    = "Allow"
          Action    = "sts:AssumeRole"
          Principal = { AWS = aws_iam_user.alice.arn }
          Condition = { BoolIfExists = { "aws:MultiFactorAuthPresent" = "true" } }
        }]
      })
    }
    resource "aws_iam_role_policy_attachment" "ops" {
      role       = aws_iam_role.ops.name
      policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
    }
    """
    found = lines(tmp_path, {"main.tf": text}, Ref("user", "alice"))
    met = "BoolIfExists is true when aws:MultiFactorAuthPresent is absent"
    assert found[1:] == [
        "with an access key, sts:AssumeRole on role ops is allowed by the trust of role ops (main.tf:9)",
        f"statement 1 of the trust of role ops (main.tf:9) applies: {met}",
        "in role ops, any action on any resource is allowed by AdministratorAccess (main.tf:19)",
    ]


def test_who_is_alike_is_told_of_with_policies_of_its_own(tmp_path: Path) -> None:
    text = """
    resource "aws_iam_user" "{0}" {{
      name = "{0}"
    }}
    resource "aws_iam_user_policy" "{0}" {{
      user = aws_iam_user.{0}.name
      name = "own"
      policy = jsonencode({{
        Version   = "2012-10-17"
        Statement = [{{ Effect = "Allow", Action = "iam:PutUserPolicy", Resource = "arn:aws:iam::*:user/*" }}]
      }})
    }}
    """
    files = {f"{name}.tf": text.format(name) for name in ("alice", "bob")}
    assert lines(tmp_path, files, Ref("user", "bob")) == [
        "bob → own of user bob (bob.tf:8)",
        "with an access key, iam:PutUserPolicy on itself is allowed by own of user bob (bob.tf:10)",
        "then user bob is allowed everything",
        "with an access key, any action on any resource is allowed by the rights gained",
    ]
