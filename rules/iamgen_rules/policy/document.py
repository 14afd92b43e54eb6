"""Policy documents: the shapes that AWS takes, as data.

Source: "Grammar of the IAM JSON policy language", "IAM JSON policy elements reference" (IAM User Guide).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from iamgen_rules.policy.text import Text

Effect = Literal["Allow", "Deny"]
Kind = Literal["identity", "trust"]
Quantifier = Literal["", "ForAllValues", "ForAnyValue"]
VERSION_2012 = "2012-10-17"
VERSION_2008 = "2008-10-17"


@dataclass(frozen=True, slots=True)
class Selection:
    """`Action`, `Resource` or their `Not…`: some values, or everything but these."""

    values: tuple[Text, ...]
    inverted: bool = False


@dataclass(frozen=True, slots=True)
class Principal:
    """One entry of `Principal`: its type (`AWS`, `Service`, `Federated`, `CanonicalUser`) and value.

    `*` as type is an entry of which not even the type is known.
    """

    type: str
    value: Text


@dataclass(frozen=True, slots=True)
class Condition:
    """One operator on one key: `ForAnyValue:StringLikeIfExists` is quantifier, operator and `if_exists`.

    `key` is in lower case, `spelling` as the policy has it.
    """

    operator: str
    key: str
    values: tuple[Text, ...]
    quantifier: Quantifier = ""
    if_exists: bool = False
    spelling: str = ""

    @property
    def name(self) -> str:
        """The operator as AWS writes it."""
        quantifier = f"{self.quantifier}:" if self.quantifier else ""
        return f"{quantifier}{self.operator}{'IfExists' if self.if_exists else ''}"


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement. `index` counts from 0; `missing` names what is unknown of the statement as a whole.

    One whose effect is unknown stands twice in its document, as Allow and as Deny, with that effect missing.
    """

    index: int
    effect: Effect
    actions: Selection
    resources: Selection
    principals: tuple[Principal, ...] = ()
    conditions: tuple[Condition, ...] = ()
    sid: str = ""
    missing: frozenset[str] = frozenset()

    @property
    def name(self) -> str:
        """Its Sid, else its place in the document, counted from 1."""
        return self.sid or f"statement {self.index + 1}"


@dataclass(frozen=True, slots=True)
class Document:
    """A policy. With `missing`, further statements may be there that are unknown, by these names."""

    statements: tuple[Statement, ...] = ()
    version: Text = VERSION_2008
    missing: frozenset[str] = frozenset()

    @property
    def has_variables(self) -> bool:
        """Whether `${…}` is a policy variable in it, as far as is known."""
        return self.version == VERSION_2012

    @property
    def readings(self) -> tuple[bool, ...]:
        """Whether `${…}` is a policy variable in it: both, where the version is unknown."""
        return (self.has_variables,) if isinstance(self.version, str) else (False, True)
