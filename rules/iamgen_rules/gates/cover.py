"""Whether one statement is about all that another is about; no, where that is not plain."""

from __future__ import annotations

from iamgen_rules.gates.statements import other_conditions
from iamgen_rules.policy.document import Selection, Statement
from iamgen_rules.policy.pattern import lowered, parse
from iamgen_rules.policy.text import Text
from iamgen_rules.policy.wildcard import match


def covers(wide: Statement, narrow: Statement) -> bool:
    """Whether it applies to every action and resource that the other does, with no further condition of its own."""
    return (
        wide.effect == narrow.effect
        and _selects(wide.actions, narrow.actions)
        and _selects(wide.resources, narrow.resources)
        and set(other_conditions(wide)) <= set(other_conditions(narrow))
        and wide.principals == narrow.principals
    )


def _selects(wide: Selection, narrow: Selection) -> bool:
    """A pattern's text is matched by what matches all that the pattern does."""
    if not wide.inverted and "*" in wide.values:
        return True
    if wide.inverted and narrow.inverted:
        return all(_among(value, narrow) for value in wide.values)
    if wide.inverted:
        kept = Selection(wide.values)
        return not any(_among(value, narrow) for value in wide.values) and not any(
            _among(value, kept) for value in narrow.values
        )
    return not narrow.inverted and all(_among(value, wide) for value in narrow.values)


def _among(value: Text, selection: Selection) -> bool:
    if not isinstance(value, str):
        return False
    patterns = (lowered(parse(one, variables=False)) for one in selection.values)
    return any(match(pattern, value.lower()).is_yes for pattern in patterns)
