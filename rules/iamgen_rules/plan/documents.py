"""Policy documents that Terraform will read during the apply, put together from what the plan knows of them.

Source: "aws_iam_policy_document" (AWS provider documentation).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress

from iamgen_rules.account.resource import Plain
from iamgen_rules.plan.tree import listed
from iamgen_rules.policy.text import Partial, Text, Unknown, UnknownJson, missing_of
from iamgen_rules.provider.blocks import CONDITION, LISTS, PRINCIPALS, VERSION, Block, Condition, Principals, statement
from iamgen_rules.provider.merge import data_of, merged
from iamgen_rules.provider.policy_json import policy_json
from iamgen_rules.provider.statement import Policy, RefusedDocumentError, Statement, policy_of

Values = Mapping[str, Plain]


class Documents:
    """The documents of one plan; each is made once."""

    def __init__(self, values: Callable[[str], Values]) -> None:
        """`values` gives those of a data source by its address."""
        self._values = values
        self._made: dict[str, Text] = {}

    def text(self, address: str) -> Text:
        """The text of a document whose text is unknown to the plan; unknown by its name where it cannot be told."""
        if address not in self._made:
            self._made[address] = Unknown(f"{address}.json")  # while it is made: Terraform has no cycles
            with suppress(RefusedDocumentError):
                self._made[address] = policy_json(data_of(_merged(self._values(address))), indented=False)
        return self._made[address]


def _merged(values: Values) -> Policy:
    version = _text(values, "version") or VERSION
    own = Policy(version, _text(values, "policy_id"), tuple(_statements(values.get("statement"), version)))
    sources, overrides = ("source_json", "source_policy_documents"), ("override_policy_documents", "override_json")
    return merged(_policies(values, *sources), own, _policies(values, *overrides))


def _policies(values: Values, *names: str) -> Iterator[Policy]:
    """Other documents; the arguments for a single one are those of providers before version 5."""
    for name in names:
        yield from (policy_of(one, None, name) for one in _texts(values, name) if one != "")


def _statements(blocks: Plain, version: Text) -> Iterator[Statement]:
    for one in listed(blocks):
        if isinstance(one, Mapping):
            yield statement(_block(one), version)
        elif isinstance(one, Unknown | Partial):
            yield Statement(unknown=", ".join(sorted(missing_of(one))))


def _block(values: Values) -> Block:
    return Block(
        _text(values, "sid"),
        _text(values, "effect"),
        {element: _texts(values, name) for element, name in LISTS.items()},
        {element: list(_principals(values.get(name))) for element, name in PRINCIPALS.items()},
        list(_conditions(values.get(CONDITION))),
    )


def _principals(blocks: Plain) -> Iterator[Principals | Unknown]:
    for one in listed(blocks):
        if isinstance(one, Mapping):
            yield Principals(_text(one, "type"), _texts(one, "identifiers"))
        elif isinstance(one, Unknown):
            yield one


def _conditions(blocks: Plain) -> Iterator[Condition | Unknown]:
    for one in listed(blocks):
        if isinstance(one, Mapping):
            yield Condition(_text(one, "test"), _text(one, "variable"), _texts(one, "values"))
        elif isinstance(one, Unknown):
            yield one


def _text(values: Values, name: str) -> Text:
    value = values.get(name)
    return value if isinstance(value, str | Unknown | Partial) else ""


def _texts(values: Values, name: str) -> list[Text]:
    if isinstance(found := values.get(name), Unknown):
        return [UnknownJson(found.name)]
    return [one for one in listed(found) if isinstance(one, str | Unknown | Partial)]
