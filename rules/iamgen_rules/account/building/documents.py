"""Policy texts to documents; what AWS would refuse is a problem at its place, and unknown."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from iamgen_rules.account.building.names import Names
from iamgen_rules.account.building.texts import text
from iamgen_rules.account.resource import Plain, Written
from iamgen_rules.errors import Problem
from iamgen_rules.policy.document import Document, Kind
from iamgen_rules.policy.parse import MalformedPolicyError, parse
from iamgen_rules.policy.text import Unknown
from iamgen_rules.policy.well_formed import well_formed
from iamgen_rules.source import Origin, Place, Step

_STEP = re.compile(r"([^.\[\]]+)|\[(\d+)\]")


@dataclass
class Documents:
    """Reads the policies of one account; `problems` are what is wrong in them."""

    names: Names
    problems: dict[Problem, None] = field(default_factory=dict)

    def read(self, value: Plain, called: str, place: Place, kind: Kind = "identity") -> tuple[Document, Origin | None]:
        """The document, and what leads back to where it is written. `called` is its name where it cannot be read."""
        origin = value.origin if isinstance(value, Written) else None
        source = text(value)
        if source is None or source == "":
            self.problems[Problem(place, f"{called} has no policy")] = None
            return Document(missing=frozenset({called})), origin
        resolved = self.names.resolved(source)
        if isinstance(resolved, Unknown):
            return Document(missing=frozenset({resolved.name})), origin
        try:
            return parse(resolved, kind), origin
        except MalformedPolicyError as error:
            where = place if origin is None else origin.place(steps(error.path))
            self.problems[Problem(where, f"{called}: {error}")] = None
            return well_formed(resolved, kind, called), origin


def steps(path: str) -> tuple[Step, ...]:
    """`Statement[0].Effect` as steps into the data."""
    return tuple(int(index) if index else name for name, index in _STEP.findall(path))
