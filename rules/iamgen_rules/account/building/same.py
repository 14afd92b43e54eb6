"""Which unknown names a policy surely means: those that are made of the same unknown pieces as it is.

Each identity is a letter that no name has. What then matches, matches whatever fills the pieces, as a letter is matched
by itself and by `*`; patterns with `?`, which would count it, and with variables, which it may be a part of, are left.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from iamgen_rules.account.building.texts import shown
from iamgen_rules.policy.document import Statement
from iamgen_rules.policy.pattern import Pattern, Variable
from iamgen_rules.policy.text import Text, Unknown, is_of_any_instance, parts_of, reworked, text_of
from iamgen_rules.policy.wildcard import Wild

_PRIVATE_USE = 0x100000
_LAST = 0x10FFFD
_SPECIAL = re.compile(r"[$*?]")


@dataclass
class Letters:
    """A letter for each identity."""

    found: dict[str, str] = field(default_factory=dict)

    def spelt(self, text: Text) -> Text:
        """The text, with letters for its unknown pieces that have an identity."""
        if isinstance(text, str):
            return text
        return text_of(*(self._letter(part) if isinstance(part, Unknown) else part for part in parts_of(text)))

    def _letter(self, part: Unknown) -> str | Unknown:
        if part.identity and part.identity not in self.found and _PRIVATE_USE + len(self.found) <= _LAST:
            self.found[part.identity] = chr(_PRIVATE_USE + len(self.found))
        return self.found.get(part.identity, part)


def is_plain(pattern: Pattern) -> bool:
    """Whether letters may stand in it for what is unknown: there is no `?`, no variable, and no `$` to begin one."""
    return not any(
        token is Wild.ANY or isinstance(token, Variable) or (isinstance(token, str) and "$" in token)
        for token in pattern
    )


def literal(name: Text, *, variables: bool) -> str:
    """What matches the text that stands for a name, and nothing else, as a policy writes it."""
    return _SPECIAL.sub(r"${\g<0>}", shown(name)) if variables else shown(name)


def but_for_other_instances(statement: Statement) -> Statement:
    """What says that something may not be done: where one instance stands for all, others may be meant than it is."""
    return replace(
        statement,
        resources=replace(statement.resources, values=tuple(map(of_no_instance, statement.resources.values))),
        principals=tuple(replace(one, value=of_no_instance(one.value)) for one in statement.principals),
        conditions=tuple(replace(one, values=tuple(map(of_no_instance, one.values))) for one in statement.conditions),
    )


def of_no_instance(text: Text) -> Text:
    """The text, which may be of any instance where one stands for all."""
    return reworked(text) if is_of_any_instance(text) else text
