"""Where each resource of the self-contained form is in the form with modules: for `moved` blocks, so that an
account that was rendered self-contained can go over to modules without anything being made anew. Pure.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from iamgen.hcl import Expression, reference

View = Mapping[str, Any]
Move = dict[str, Expression]


def moves(roles: Sequence[View], groups: Sequence[View]) -> list[Move]:
    """`from` and `to` of every move, in the order of the rendered blocks."""
    policy = _move(("aws_iam_policy", "require_mfa"), ("mfa_policy", "aws_iam_policy", "this"))
    of_roles = [move for role in roles for move in _of_role(role)]
    return [policy, *of_roles, *(move for group in groups for move in _of_group(group))]


def _of_role(role: View) -> Iterator[Move]:
    module = role["module_label"]
    yield _move(("aws_iam_role", role["label"]), (module, "aws_iam_role", "this"))
    if role["policies"]:
        kind = "aws_iam_role_policy_attachment"
        yield _move((kind, role["policies_label"]), (module, kind, "policies"))
    if role["inline"]:
        yield _move(("aws_iam_role_policy", role["inline_label"]), (module, "aws_iam_role_policy", "inline"))


def _of_group(group: View) -> Iterator[Move]:
    module, attachment = group["module_label"], "aws_iam_group_policy_attachment"
    if group["create"]:
        yield _move(("aws_iam_group", group["label"]), (module, "aws_iam_group", "this", 0))
    if group["policies"]:
        yield _move((attachment, group["policies_label"]), (module, attachment, "policies"))
    if group["inline"]:
        yield _move(("aws_iam_group_policy", group["inline_label"]), (module, "aws_iam_group_policy", "inline"))
    if group["sudo"]:
        yield _move(("aws_iam_group_policy", group["sudo_label"]), (module, "aws_iam_group_policy", "sudo", 0))
    if group["members"] is not None:
        kind = "aws_iam_user_group_membership"
        yield _move((kind, group["label"]), (module, kind, "this"))
    if group["require_mfa"]:
        yield _move((attachment, group["gate_label"]), (module, attachment, "require_mfa", 0))


def _move(source: tuple[str, str], target: tuple[str | int, ...]) -> Move:
    return {"from": reference(*source), "to": reference("module", *target)}
