"""How findings name somebody."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from iamgen_rules.account.model import Kind
    from iamgen_rules.source import Place


class Who(NamedTuple):
    """A principal: kind, name, address (`module.iam.aws_iam_user.this["alice"]`), where it is declared, its root."""

    kind: Kind
    name: str
    address: str
    place: Place
    root: str = "."
