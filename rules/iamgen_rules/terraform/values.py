"""Terraform's values: typed, and unknown where only the apply knows.

A string with unknown pieces is `policy.text.Partial`. An unknown names what is missing: `var.x`,
`aws_kms_key.k.arn`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from iamgen_rules.account.resource import Origin
from iamgen_rules.policy.text import Partial, Unknown
from iamgen_rules.terraform.types import Type

Data = None | Unknown | bool | int | Fraction | str | Partial | tuple["Value", ...] | Mapping[str, "Value"]


@dataclass(frozen=True, slots=True)
class Value:
    """A value. `data` is None for null (of any type), Unknown where nothing of it is known.

    A number is an int where it is whole, else a Fraction, rounded to 512 bits as Terraform does. tuple, list: a
    tuple of values; set: the same, in Terraform's order, each once; map, object: by key, in Terraform's order.
    `sensitive` is not unknown: the value is there. `origin`: where its text was written, as long as it is passed on
    unchanged.
    """

    type: Type
    data: Data
    sensitive: bool = False
    origin: Origin | None = field(default=None, compare=False)

    @property
    def is_null(self) -> bool:
        """Whether it is null."""
        return self.data is None

    @property
    def is_unknown(self) -> bool:
        """Whether nothing of it is known; a string of which pieces are known is not."""
        return isinstance(self.data, Unknown)


def unknown(type_: Type, *names: str) -> Value:
    """An unknown value, by the names of what is missing."""
    return Value(type_, Unknown(", ".join(sorted({one for name in names for one in name.split(", ")}))))
