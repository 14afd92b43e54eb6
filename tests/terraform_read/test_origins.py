"""The text of a policy leads back to the lines of its parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import dedent

import pytest

from iamgen_rules.source import Place
from iamgen_rules.terraform.document import Document
from iamgen_rules.terraform.evaluate import evaluate
from iamgen_rules.terraform.hcl import parse_body
from iamgen_rules.terraform.syntax import Extent
from iamgen_rules.terraform.types import STRING
from iamgen_rules.terraform.values import Value, unknown

from .surroundings import Surroundings

ENCODED = """
    policy = jsonencode({
      Version = "2012-10-17"
      Statement = [
        {
          Effect = "Allow", Action = "*", Resource = "*"
        },
        merge({ Effect = "Deny" }, {
          Action = "*"
          Condition = {
            Bool = { "aws:MultiFactorAuthPresent" = [
              "false"
            ] }
          }
        })
      ]
    })
"""
ALONE = """
    policy = jsonencode({
      Version = "2012-10-17"
      Statement = {
        NotAction = [
          "iam:EnableMFADevice",
          "iam:CreateVirtualMFADevice",
        ]
        Resource = "arn:aws:iam::${local.account}:user/*"
        Condition = { Bool = { "aws:MultiFactorAuthPresent" = "false" } }
      }
    })
"""
HEREDOC = """
    policy = <<-EOT
      {
        "Version": "2012-10-17",
        "Statement": [
          {
            "Effect": "Allow",
            "Resource": "arn:aws:iam::${local.account}:role/x",
            "Action": ${jsonencode([
              "iam:*",
              "sts:*"
            ])}
          },
          {
            "Effect": "Deny",
            "Condition": {
              "Bool": { "aws:MultiFactorAuthPresent": "false" }
            }
          }
        ]
      }
    EOT
"""
SINGLE = """
    policy = <<EOT
    { "Statement":
      { "Effect": "Allow" } }
    EOT
"""
BROKEN = """
    policy = <<EOT
    { "Statement":
      { "Effect": }
    EOT
"""


@dataclass(frozen=True)
class InDocument(Surroundings):
    """A scope that knows the lines of a file."""

    document: Document | None = None

    def place(self, extent: Extent) -> Place:
        assert self.document
        return self.document.place(extent)


def policy(text: str) -> Value:
    text = dedent(text)
    scope = InDocument({"account": unknown(STRING, "local.account")}, document=Document("main.tf", text))
    return evaluate(parse_body(text).arguments["policy"].value, scope)


@pytest.mark.parametrize(
    ("text", "path", "line"),
    [
        (ENCODED, (), 2),
        (ENCODED, ("Version",), 3),
        (ENCODED, ("Statement",), 4),
        (ENCODED, ("Statement", 0), 5),
        (ENCODED, ("Statement", 0, "Effect"), 6),
        (ENCODED, ("Statement", 1), 8),
        (ENCODED, ("Statement", 1, "Condition"), 10),
        (ENCODED, ("Statement", 1, "Condition", "Bool", "aws:MultiFactorAuthPresent"), 11),
        (ENCODED, ("Statement", 7), 4),
        (ALONE, ("Statement", 0), 4),
        (ALONE, ("Statement", 0, "NotAction", 1), 7),
        (ALONE, ("Statement", 0, "Resource"), 9),
        (ALONE, ("Statement", 0, "Condition", "Bool", "aws:MultiFactorAuthPresent", 0), 10),
        (HEREDOC, (), 2),
        (HEREDOC, ("Version",), 4),
        (HEREDOC, ("Statement", 0), 6),
        (HEREDOC, ("Statement", 0, "Resource"), 8),
        (HEREDOC, ("Statement", 0, "Action"), 9),
        (HEREDOC, ("Statement", 1), 14),
        (HEREDOC, ("Statement", 1, "Condition"), 16),
        (HEREDOC, ("Statement", 1, "Condition", "Bool"), 17),
        (SINGLE, ("Statement", 0, "Effect"), 4),
        (BROKEN, ("Statement", 0, "Effect"), 2),
    ],
)
def test_a_part_of_a_policy_is_found_on_its_line(text: str, path: Sequence[str | int], line: int) -> None:
    origin = policy(text).origin
    assert origin
    span = origin.place(path).span
    assert span
    assert span.line == line


def test_a_heredoc_with_unknown_pieces_is_placed_within_itself() -> None:
    text = dedent(HEREDOC)
    origin = policy(HEREDOC).origin
    assert origin
    span = origin.place(("Statement", 1, "Condition", "Bool")).span
    assert span
    assert text[span.start : span.end].strip() == '"Bool": { "aws:MultiFactorAuthPresent": "false" }'
