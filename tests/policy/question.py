"""What the second implementation of the decision is asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Raw = Mapping[str, Any]
Context = Mapping[str, Sequence[str]]


@dataclass
class Question:
    """A request and all that bears on it; the context's keys are in lower case.

    `doubt` is the answer to all that AWS leaves open, `doubts` notes what of it was met.
    """

    action: str
    resource: str
    context: Context = field(default_factory=dict)
    identity: Sequence[Raw] = ()
    boundary: Raw | None = None
    scps: Sequence[Sequence[Raw]] = ()
    trust: Raw | None = None
    own_account: bool = True
    user: str = ""
    role: str = ""
    account: str = ""
    doubt: bool = False
    doubts: list[str] = field(default_factory=list)

    def open(self, what: str) -> bool:
        """Something that AWS leaves open, by the reading that is meant."""
        self.doubts.append(what)
        return self.doubt
