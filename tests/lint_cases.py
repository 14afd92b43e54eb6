"""What tests of linting share: small root modules, and what is said of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import chdir
from datetime import date
from pathlib import Path
from typing import Any

from iamgen_rules import lint
from iamgen_rules.engine.report import Report
from iamgen_rules.settings import Settings
from iamgen_rules.terraform.read import Options

TODAY = date(2026, 7, 1)
ALLOW = '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}'
GATE = """
resource "aws_iam_user_policy" "gate_NAME" {
  user = aws_iam_user.NAME.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = {
      Sid       = "DenyWithoutMFA"
      Effect    = "Deny"
      NotAction = ["iam:CreateVirtualMFADevice", "iam:EnableMFADevice"]
      Resource  = "*"
      Condition = { BoolIfExists = { "aws:MultiFactorAuthPresent" = "false" } }
    }
  })
}
"""


def administrator(name: str) -> str:
    """A user who may do everything, without MFA too; line 7 says so."""
    return f"""resource "aws_iam_user" "{name}" {{
  name = "{name}"
}}

resource "aws_iam_user_policy_attachment" "{name}" {{
  user       = aws_iam_user.{name}.name
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
}}
"""


def gated(name: str) -> str:
    """The same user with a gate."""
    return administrator(name) + GATE.replace("NAME", name)


def plant(folder: Path, files: Mapping[str, str]) -> Path:
    """Write files by their paths below a folder, in a repository of its own; the folder."""
    (folder / ".git").mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def linted(folder: Path, *paths: str, options: Options | None = None, **settings: Any) -> Report:
    """The report on paths in a folder, that one by default."""
    with chdir(folder):
        return lint(paths or (".",), Settings(TODAY, **settings), options)


def found(report: Report) -> list[str]:
    """`main.tf:7 IAM001 alice`, for every finding and principal."""
    return sorted(_told(report))


def _told(report: Report) -> Iterator[str]:
    for finding in report.findings:
        line = finding.place.span.line if finding.place.span else 0
        for who in finding.principals:
            yield f"{finding.place.document}:{line} {finding.code} {who.name}"


def verdicts(report: Report) -> dict[str, str]:
    """The verdict on each principal, by root and address."""
    return {f"{one.root}: {one.address}": one.verdict for one in report.principals}


def errors(report: Report) -> list[str]:
    """What is wrong, as people read it."""
    return [str(one) for one in report.errors]
