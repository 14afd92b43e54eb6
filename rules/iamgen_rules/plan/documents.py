"""Policy documents that Terraform will read during the apply, put together from what the plan knows of them.

Source: "aws_iam_policy_document" (AWS provider documentation).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from iamgen_rules.account.resource import Plain
from iamgen_rules.plan.tree import listed
from iamgen_rules.policy.holes import read
from iamgen_rules.policy.malformed import MalformedPolicyError
from iamgen_rules.policy.text import Partial, Text, Unknown, parts_of, text_of

Values = Mapping[str, Plain]
_ELEMENTS = {"actions": "Action", "not_actions": "NotAction", "resources": "Resource", "not_resources": "NotResource"}
_VARIABLES = frozenset({"resources", "not_resources", "identifiers", "values"})
_PRINCIPALS = {"principals": "Principal", "not_principals": "NotPrincipal"}


class Documents:
    """The documents of one plan; each is made once."""

    def __init__(self, values: Callable[[str], Values]) -> None:
        """`values` gives those of a data source by its address."""
        self._values = values
        self._made: dict[str, Text] = {}

    def text(self, address: str) -> Text:
        """The text of a document whose text is unknown to the plan; unknown by its name where it cannot be told."""
        if address not in self._made:
            unknown = Unknown(f"{address}.json")
            self._made[address] = unknown  # while it is made: Terraform has no cycles
            made = _document(self._values(address), unknown)
            self._made[address] = unknown if isinstance(made, Unknown) else text_of(*_pieces(made))
        return self._made[address]


def _document(values: Values, unknown: Unknown) -> object:
    """The data of the document, in which Unknown and Partial stand for texts."""
    own = values.get("statement", ())
    overriding = _sources(values, "override_policy_documents", "override_json")
    if isinstance(own, Unknown) or None in overriding:
        return unknown
    statements: dict[object, object] = {}
    for source in _sources(values, "source_policy_documents", "source_json"):
        _add(statements, [unknown] if source is None else source)
    _add(statements, [_statement(one) for one in listed(own) if isinstance(one, Mapping)])
    for source in overriding:
        _add(statements, source or ())
    identifier = {"Id": values["policy_id"]} if values.get("policy_id") else {}
    return {"Version": values.get("version") or "2012-10-17", **identifier, "Statement": list(statements.values())}


def _add(statements: dict[object, object], more: Iterable[object]) -> None:
    """A statement replaces an earlier one of the same Sid, in its place; without Sid it is one more."""
    for one in more:
        sid = one.get("Sid") if isinstance(one, dict) else None
        statements[sid if isinstance(sid, str) and sid else len(statements)] = one


def _sources(values: Values, several: str, one: str) -> list[Sequence[object] | None]:
    """The statements of other documents; None for one that cannot be read."""
    return [_statements(text) for text in (*listed(values.get(one)), *listed(values.get(several)))]


def _statements(text: Plain) -> Sequence[object] | None:
    if not isinstance(text, str | Partial):
        return None
    try:
        data = read(text) if text else {}
    except MalformedPolicyError:
        return None
    found = data.get("Statement", []) if isinstance(data, dict) else None
    return [found] if isinstance(found, dict) else found if isinstance(found, list) else None


def _statement(block: Values) -> dict[str, Any]:
    found: dict[str, Any] = {"Sid": block["sid"]} if block.get("sid") else {}
    found["Effect"] = block.get("effect") or "Allow"
    found |= {element: _texts(block, name) for name, element in _ELEMENTS.items() if block.get(name)}
    found |= {element: _principals(block[name]) for name, element in _PRINCIPALS.items() if block.get(name)}
    return found | ({"Condition": _conditions(block["condition"])} if block.get("condition") else {})


def _principals(blocks: Plain) -> object:
    if isinstance(blocks, Unknown):
        return blocks
    found: dict[Text, list[Text]] = {}
    for block in listed(blocks):
        if isinstance(block, Mapping):
            found.setdefault(_name(block.get("type")), []).extend(_texts(block, "identifiers"))
    return "*" if found == {"*": ["*"]} else found


def _conditions(blocks: Plain) -> object:
    if isinstance(blocks, Unknown):
        return blocks
    found: dict[Text, dict[Text, list[Text]]] = {}
    for block in listed(blocks):
        if isinstance(block, Mapping):
            keys = found.setdefault(_name(block.get("test")), {})
            keys.setdefault(_name(block.get("variable")), []).extend(_texts(block, "values"))
    return found


def _name(value: Plain) -> Text:
    return value if isinstance(value, str | Unknown | Partial) else ""


def _texts(block: Values, name: str) -> list[Text]:
    """The texts of an argument; `&{` begins a policy variable where there may be one."""
    found = [one for one in listed(block.get(name)) if isinstance(one, str | Unknown | Partial)]
    return [one.replace("&{", "${") if isinstance(one, str) and name in _VARIABLES else one for one in found]


def _pieces(data: object) -> list[Text]:
    """JSON text, with holes inside its strings."""
    if isinstance(data, Mapping):
        pairs = [[*_pieces(name), ":", *_pieces(value)] for name, value in data.items()]
        return ["{", *_joined(pairs), "}"]
    if isinstance(data, list):
        return ["[", *_joined(list(map(_pieces, data))), "]"]
    if isinstance(data, str | Unknown | Partial):
        inner = (json.dumps(part)[1:-1] if isinstance(part, str) else part for part in parts_of(data))
        return ['"', *inner, '"']
    return [json.dumps(data)]


def _joined(pieces: list[list[Text]]) -> list[Text]:
    return [piece for index, one in enumerate(pieces) for piece in ([",", *one] if index else one)]
