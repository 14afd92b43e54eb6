"""`aws_iam_policy_document` where not all is known, and where its parts are written; its text Terraform judges."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from iamgen_rules.account.resource import Step, Written
from iamgen_rules.policy.parse import parse
from iamgen_rules.terraform.read import Root, read

_VARIABLES = 'variable "x" {\n}\n'


def _root(folder: Path, body: str) -> Root:
    text = f'{_VARIABLES}data "aws_iam_policy_document" "d" {{\n{body}\n}}\n'
    (folder / "main.tf").write_text(text, encoding="utf-8")
    (root,) = read([str(folder)]).roots
    return root


def _written(root: Root) -> Written:
    (resource,) = root.resources
    found = resource.values["json"]
    assert isinstance(found, Written)
    return found


_ONE = 'statement {\n  sid = "One"\n  actions = ["s3:*"]\n  resources = ["*"]\n}\n'


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (_ONE.replace('"*"', "var.x"), [("Allow", "One", set())]),
        (_ONE.replace('["*"]', "var.x"), [("Allow", "One", set())]),
        (_ONE + "source_policy_documents = [var.x]", [("Allow", "One", set()), {"var.x"}]),
        (_ONE + "source_policy_documents = var.x", [("Allow", "One", set()), {"var.x"}]),
        (_ONE + "override_policy_documents = [var.x]", [("Allow", "One", {"var.x"}), {"var.x"}]),
        (_ONE.replace('sid = "One"', "sid = var.x"), [("Allow", "", set())]),
        (
            _ONE.replace("}", 'dynamic "condition" {\n  for_each = var.x\n  content {\n    test = "Bool"\n'
            '    variable = "k"\n    values = ["v"]\n  }\n}\n}'),
            [("Allow", "One", {"var.x"})],
        ),
        (
            'dynamic "statement" {\n  for_each = var.x\n  content {\n    actions = ["*"]\n  }\n}\n' + _ONE,
            [("Allow", "One", set()), {"var.x"}],
        ),
    ],
)  # fmt: skip
def test_what_is_not_known_is_unknown_in_its_place(
    body: str, said: list[tuple[str, str, set[str]] | set[str]], tmp_path: Path
) -> None:
    """Statements with what is missing of each; at the end what further statements there may be, by name."""
    root = _root(tmp_path, body)
    document = parse(_written(root).text)
    found = [(one.effect, one.sid, set(one.missing)) for one in document.statements]
    assert [*found, *([set(document.missing)] if document.missing else [])] == said
    assert not root.problems


_PLACES = """  source_policy_documents = [jsonencode({
    Statement = [
      { Sid = "One", Effect = "Allow", Action = "a:b", Resource = "*" },
      { Sid = "Two", Effect = "Allow", Action = "a:b", Resource = "*" },
    ]
  })]
  statement {
    sid     = "One"
    effect  = "Deny"
    actions = ["s3:*"]
    condition {
      test     = "Bool"
      variable = "first"
      values   = ["true"]
    }
    condition {
      test     = "Bool"
      variable = "second"
      values   = ["true"]
    }
  }"""


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ((), 3),
        (("Version",), 3),
        (("Statement", 0), 10),
        (("Statement", 0, "Effect"), 12),
        (("Statement", 0, "Action"), 13),
        (("Statement", 0, "Condition"), 14),
        (("Statement", 0, "Condition", "Bool"), 15),
        (("Statement", 0, "Condition", "Bool", "first"), 15),
        (("Statement", 0, "Condition", "Bool", "second"), 20),
        (("Statement", 0, "Condition", "Bool", "second", 0), 22),
        (("Statement", 1), 7),
        (("Statement", 2), 3),
    ],
)
def test_parts_lead_back_to_their_lines(path: Sequence[Step], line: int, tmp_path: Path) -> None:
    """The own statement has replaced the one of its source; the other is where the source has it."""
    span = _written(_root(tmp_path, _PLACES)).origin.place(path).span
    assert span is not None
    assert span.line == line


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (_ONE + _ONE, "duplicate Sid (One): remove the Sid or ensure that Sids are unique"),
        (
            'source_policy_documents = [for n in [1, 2] : jsonencode({ Statement = [{ Sid = "S" }] })]',
            "duplicate Sid (S) in source_policy_documents: remove the Sid or ensure that Sids are unique",
        ),
        ('source_policy_documents = ["[]"]', "source_policy_documents[0]: a policy is an object"),
        (
            "source_policy_documents = [jsonencode({ Statement = {} })]",
            "source_policy_documents[0]: Statement has to be a list",
        ),
        ('source_json = "{}"', "source_json was removed: use source_policy_documents"),
        (
            'version = "2008-10-17"\n' + _ONE.replace('"*"', '"&{aws:username}"'),
            '"&{" stands for a policy variable, and version 2008-10-17 knows none',
        ),
    ],
)  # fmt: skip
def test_what_the_provider_refuses_is_a_problem(body: str, message: str, tmp_path: Path) -> None:
    assert {problem.message for problem in _root(tmp_path, body).problems} == {message}
