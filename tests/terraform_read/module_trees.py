"""Trees of modules at random: calls in calls, what goes in and comes out of them, and resources of IAM in each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from hypothesis import strategies as st

from . import module_pieces as pieces

T = TypeVar("T")
Choose = Callable[[Sequence[T]], T]
Files = dict[str, str]


@dataclass
class Maker:
    """Writes one tree; `choose` takes one of several."""

    choose: Choose[str]
    files: Files = field(default_factory=dict)

    def module(self, folder: str, depth: int) -> None:
        """Write a module and those that it calls; what the first of them gave out may go into the second."""
        given: list[str] = []  # names that calls gave out
        calls: list[str] = []
        for number in range(int(self.choose("1122")) if depth else 0):
            way = self.choose(
                ("", f"count = {self.choose(pieces.CALLS_COUNT)}", f"for_each = {self.choose(pieces.CALLS_EACH)}")
            )
            calls.append(self.call(folder, f"m{number}", depth, way, given))
            given.append(f"[for one in module.m{number} : one.names]" if way else f"module.m{number}.names")
        texts = [pieces.VARIABLES, pieces.DOCUMENT, self.users(), self.groups(), self.policies(), self.roles(), *calls]
        self.files[f"{folder}/main.tf"] = "".join(texts) + self.outputs(given)

    def users(self) -> str:
        """Users with for_each and with count."""
        return f"""
resource "aws_iam_user" "each" {{
  for_each = {self.choose(pieces.EACH)}
  name     = "${{var.prefix}}-${{each.key}}"
  path     = {self.choose(pieces.PATHS)}
  tags     = try(each.value.tags, {{ key = each.key }})
}}
resource "aws_iam_user" "counted" {{
  count         = {self.choose(pieces.COUNTS)}
  name          = format("%s-n%02d", var.prefix, count.index)
  force_destroy = count.index % 2 == 0
}}
"""

    def groups(self) -> str:
        """A group, and who is in it."""
        group = self.choose(pieces.GROUPS)
        additive = f"""
resource "aws_iam_user_group_membership" "m" {{
  for_each = {pieces.USERS_BY_KEY}
  user     = each.value
  groups   = [{group}]
}}
"""
        exclusive = f"""
resource "aws_iam_group_membership" "m" {{
  name  = "${{var.prefix}}-m"
  group = {group}
  users = {self.choose(pieces.USERS)}
}}
"""
        made = f"""
resource "aws_iam_group" "g" {{
  name = "${{var.prefix}}-g"
  path = {self.choose(pieces.PATHS)}
}}
"""
        return made + self.choose((additive, exclusive, additive + exclusive))

    def policies(self) -> str:
        """Policies, and to whom they are attached."""
        return f"""
resource "aws_iam_policy" "p" {{
  name   = "${{var.prefix}}-p"
  policy = {self.choose(pieces.DOCUMENTS)}
}}
resource "aws_iam_policy" "more" {{
  count  = {self.choose(pieces.COUNTS[:1])}
  name   = "${{var.prefix}}-more"
  policy = {self.choose(pieces.DOCUMENTS)}
}}
resource "aws_iam_group_policy_attachment" "a" {{
  for_each   = {{ own = {self.choose(pieces.POLICIES)}, aws = "arn:aws:iam::aws:policy/ReadOnlyAccess" }}
  group      = {self.choose(pieces.GROUPS)}
  policy_arn = each.value
}}
resource "aws_iam_user_policy_attachment" "a" {{
  for_each   = aws_iam_user.each
  user       = {self.choose(("each.value.name", "each.value.id", "aws_iam_user.each[each.key].name"))}
  policy_arn = {self.choose(pieces.POLICIES)}
}}
"""

    def roles(self) -> str:
        """Perhaps a role with a policy of its own."""
        role = f"""
resource "aws_iam_role" "r" {{
  name                 = "${{var.prefix}}-r"
  max_session_duration = var.settings.size * 3600
  assume_role_policy   = {pieces.TRUST}
}}
resource "aws_iam_role_policy" "own" {{
  count  = {self.choose(pieces.COUNTS)}
  name   = "own-${{count.index}}"
  role   = {self.choose(("aws_iam_role.r.id", "aws_iam_role.r.name", '"${var.prefix}-r"'))}
  policy = {self.choose(pieces.DOCUMENTS)}
}}
"""
        return self.choose((role, ""))

    def call(self, folder: str, name: str, depth: int, way: str, given: list[str]) -> str:
        """A call, and the module that is called."""
        self.module(f"{folder}/{name}", depth - 1)
        key = {"": "", "c": "-${count.index}", "f": "-${each.key}"}[way[:1]]
        out = [f'{{ for one in slice(sort(flatten([{names}])), 0, 1) : one => {{ team = "out" }} }}' for names in given]
        return f"""
module "{name}" {{
  source   = "./{name}"
  {way}
  prefix   = "${{var.prefix}}-{name}{key}"
  settings = {self.choose(pieces.SETTINGS)}
  members  = {self.choose((*pieces.MEMBERS, *out))}
}}
"""

    @staticmethod
    def outputs(given: list[str]) -> str:
        """Names and ARNs, with those of the modules inside."""
        inner = "".join(f", {names}" for names in given)
        return f"""
output "names" {{
  value = sort(distinct(flatten([aws_iam_group.g.name, values(aws_iam_user.each)[*].name{inner}])))
}}
output "arns" {{
  value = {{ group = aws_iam_group.g.arn, users = {{ for key, one in aws_iam_user.each : key => one.arn }} }}
}}
"""


@st.composite
def module_trees(draw: st.DrawFn, deepest: int = 2) -> Files:
    """The files of one tree; its module at the top is in `top` and needs a `prefix`."""

    def choose(options: Sequence[str]) -> str:
        return options[draw(st.integers(0, len(options) - 1))]

    maker = Maker(choose)
    maker.module("top", draw(st.sampled_from((1, deepest, 1))))
    return maker.files
