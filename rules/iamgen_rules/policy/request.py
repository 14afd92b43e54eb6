"""A request to AWS: who calls what on which resource, and the value of each condition key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from iamgen_rules.policy.text import Text, Unknown

Value = Text
Values = tuple[Value, ...]


OPEN = Unknown("iamgen:open")  # the value of a key that is still to be chosen; no answer names it


class Never(Enum):
    """In place of a key's values: no condition on the key is met, whatever it says."""

    MET = "never met"


Held = Values | Unknown | Never
Context = Mapping[str, Held]


@dataclass(frozen=True, slots=True)
class Caller:
    """Whom a trust policy sees, and the account that it is in.

    `arns` are all the ARNs that name it: a user's own; a role's own and its session's, whose name the caller chooses.
    A service is its name, with the type `Service`.
    """

    type: str
    account: str
    arns: tuple[Text, ...]
    is_role: bool = False


@dataclass(frozen=True, slots=True)
class Request:
    """One request. `context` has the keys in lower case; a key that is not there, or has no values, is absent.

    An `Unknown` for a key's values means that nothing is known of it, not even whether it is there. An unknown
    piece of the resource is unknown as in a policy. A policy variable of a `loose` key may stand for anything.
    """

    action: str
    resource: Text
    context: Context = field(default_factory=dict)
    caller: Caller | None = None
    loose: frozenset[str] = frozenset()

    def values(self, key: str) -> Held | None:
        """The values of a key in lower case; None where it is absent."""
        return self.context.get(key) or None

    def single(self, key: str) -> Value | None:
        """What a policy variable stands for: the only value of a key; None without one.

        A key with several cannot be used as one, says "Multivalued context keys" (IAM User Guide): unknown.
        """
        if key in self.loose:
            return OPEN
        values = self.context.get(key)
        if not values or isinstance(values, Never):
            return None
        if isinstance(values, Unknown):
            return values
        return values[0] if len(values) == 1 else Unknown(f"a variable of {key}, which has several values")
