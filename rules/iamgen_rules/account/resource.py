"""One instance of a resource or data source, as Terraform would plan it; where its facts are written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from zlib import crc32

from iamgen_rules.account.model import ACCOUNT, NONE, Existence
from iamgen_rules.policy.text import Partial, Unknown
from iamgen_rules.source import Origin, Place, Step

__all__ = ["Origin", "Plain", "Resource", "Step", "Written", "digits_of"]


@dataclass(frozen=True, slots=True)
class Written:
    """A text that leads back to where its parts were written."""

    text: str | Partial
    origin: Origin = field(compare=False)


Plain = None | bool | int | float | str | Unknown | Partial | Written | Sequence["Plain"] | Mapping[str, "Plain"]


@dataclass(frozen=True, slots=True)
class Resource:
    """An instance by its address (`module.iam.aws_iam_user.this["alice"]`) and type.

    `values` has arguments and computed attributes; blocks are lists of mappings; an argument that is not set is
    not there. `places` are those of arguments, by name. `provider` is the configuration that makes it
    (`aws`, `aws.audit`), one for each account. With `missing` it may not be there: its count or for_each is unknown.
    `conditions` are then what decides, by keys: of two resources that have the same ones, each instance of one is there
    where that of the other is.
    """

    address: str
    type: str
    values: Mapping[str, Plain]
    place: Place
    places: Mapping[str, Place] = field(default_factory=dict)
    is_data: bool = False
    provider: str = "aws"
    missing: frozenset[str] = NONE
    conditions: frozenset[str] = NONE

    @property
    def existence(self) -> Existence:
        """Whether it is there; one that is there perhaps, on conditions of its own, where nothing says which."""
        own = frozenset({self.address}) if self.missing else NONE
        return Existence(self.conditions or own, self.missing)


def digits_of(provider: str) -> str:
    """The twelve digits that stand for the account of a provider configuration: ACCOUNT is that of `aws`."""
    return ACCOUNT if provider == "aws" else f"{crc32(provider.encode()):012}"
