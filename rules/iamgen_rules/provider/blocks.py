"""The blocks of `aws_iam_policy_document` to statements, as the provider makes them.

Source: "Data Source: aws_iam_policy_document" (AWS provider).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from iamgen_rules.policy.text import Text, Unknown, parts_of, text_of
from iamgen_rules.provider.set_order import in_order
from iamgen_rules.provider.statement import RefusedDocumentError, Statement, Where, in_key_order, last_first

VERSION = "2012-10-17"
_WITHOUT_VARIABLES = "2008-10-17"
LISTS = {"Action": "actions", "NotAction": "not_actions", "Resource": "resources", "NotResource": "not_resources"}
PRINCIPALS = {"Principal": "principals", "NotPrincipal": "not_principals"}
CONDITION = "condition"


class Principals(NamedTuple):
    """A block of principals."""

    type: Text
    identifiers: Sequence[Text]


class Condition(NamedTuple):
    """A block of a condition."""

    test: Text
    variable: Text
    values: Sequence[Text]


@dataclass(frozen=True)
class Block:
    """A block `statement`. An Unknown among the blocks in it is any number of them.

    `lists` and `principals` are by the element that they become; `where` has the places of the statement's parts.
    """

    sid: Text = ""
    effect: Text = ""
    lists: Mapping[str, Sequence[Text]] = field(default_factory=dict)
    principals: Mapping[str, Sequence[Principals | Unknown]] = field(default_factory=dict)
    conditions: Sequence[Condition | Unknown] = ()
    where: Where | None = None


def statement(block: Block, version: Text) -> Statement:
    """The statement of a block. Raises RefusedDocumentError for a variable where the version knows none."""
    elements: dict[str, object] = {}
    for element, texts in block.lists.items():
        if texts:
            ordered = last_first(texts) if len(texts) > 1 else texts
            given = [_filled(one, version) for one in ordered] if "Resource" in element else list(ordered)
            elements[element] = given if len(given) > 1 else given[0]
    for element, blocks in block.principals.items():
        if (made := _principals(blocks, version)) != {}:
            elements[element] = made
    if (conditions := _conditions(block.conditions, version)) != {}:
        elements["Condition"] = conditions
    return Statement(block.sid, block.effect or "Allow", elements, block.where)


def _principals(blocks: Sequence[Principals | Unknown], version: Text) -> object:
    found: dict[Text, object] = {}
    written = [one for one in blocks if not isinstance(one, Unknown)]
    ordered = in_order(written, Principals._asdict, frozenset({"identifiers"}))
    if len(ordered) == len(blocks) == 1 and ordered[0] == ("*", ["*"]):
        return "*"
    for block in ordered:
        before = found.get(block.type)
        added = [_filled(one, version) for one in last_first(block.identifiers)]
        found[block.type] = added[0] if before is None and len(added) == 1 else [*_as_list(before), *added]
    found |= {one: "*" for one in blocks if isinstance(one, Unknown)}
    return in_key_order(found)


def _as_list(before: object) -> list[object]:
    return [] if before is None else before if isinstance(before, list) else [before]


def _conditions(blocks: Sequence[Condition | Unknown], version: Text) -> object:
    written = [one for one in blocks if not isinstance(one, Unknown)]
    found: dict[Text, dict[Text, object]] = {}
    for one in in_order(written, Condition._asdict, frozenset()):
        keys = found.setdefault(one.test, {})
        added = (_filled(value, version) for value in one.values)
        keys[one.variable] = [*_as_list(keys.get(one.variable)), *added]
    made: dict[Text, object] = {
        test: in_key_order({key: _alone(values) for key, values in keys.items()}) for test, keys in found.items()
    }
    made |= {unknown: {} for unknown in blocks if isinstance(unknown, Unknown)}
    return in_key_order(made)


def _alone(values: object) -> object:
    return values[0] if isinstance(values, list) and len(values) == 1 else values


def _filled(text: Text, version: Text) -> Text:
    """`&{…}` is the IAM variable `${…}`."""
    parts = parts_of(text)
    if version == _WITHOUT_VARIABLES and any(isinstance(part, str) and "&{" in part for part in parts):
        raise RefusedDocumentError(f'"&{{" stands for a policy variable, and version {version} knows none')
    return text_of(*(part.replace("&{", "${") if isinstance(part, str) else part for part in parts))
