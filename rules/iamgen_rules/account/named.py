"""The names to which an action is confined by the policies that allow it: nobody need be asked about others."""

from __future__ import annotations

from itertools import product

from iamgen_rules.policy.decision import Policies
from iamgen_rules.policy.document import Document
from iamgen_rules.policy.pattern import Lookup, fill, parse_resource
from iamgen_rules.policy.statement import is_incomplete
from iamgen_rules.policy.wildcard import Token


def last_name(resource: str) -> str:
    """What stands after the last slash."""
    return resource.rpartition("/")[2]


def names(policies: Policies, lookup: Lookup) -> frozenset[str] | None:
    """The last names of the resources in Allow statements; None where any name may fit."""
    found: set[str] = set()
    for policy in policies.identity:
        some = _names(policy.document, lookup)
        if some is None:
            return None
        found |= some
    return frozenset(found)


def _names(document: Document, lookup: Lookup) -> set[str] | None:
    allows = [statement.resources for statement in document.statements if statement.effect == "Allow"]
    if document.missing or any(selection.inverted for selection in allows):
        return None
    found: set[str] = set()
    texts = (value for selection in allows for value in selection.values)
    for text, variables in product(texts, document.readings):
        name = _known(fill(parse_resource(text, variables=variables), lookup))
        if not name:
            return None
        found.add(name)
    return found


def _known(tokens: tuple[Token, ...] | None) -> str:
    """The last name, where it is known letter by letter; else nothing."""
    ending = ""
    for token in reversed(() if tokens is None or is_incomplete(tokens) else tokens):
        if not isinstance(token, str):
            break
        ending = token + ending
        if "/" in ending:
            return last_name(ending)
    return ""
