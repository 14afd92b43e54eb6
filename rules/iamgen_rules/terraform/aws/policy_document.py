"""`aws_iam_policy_document`: its blocks and the policies that it merges, to JSON as the provider writes it.

Source: "Data Source: aws_iam_policy_document" (AWS provider).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from zlib import crc32

from iamgen_rules.account.resource import digits_of
from iamgen_rules.policy.text import Partial, Text, Unknown, UnknownJson, missing_of, parts_of, text_of
from iamgen_rules.source import Place, Step
from iamgen_rules.terraform.aws.computed import Configured
from iamgen_rules.terraform.aws.merge import data_of, merged
from iamgen_rules.terraform.aws.policy_json import policy_json
from iamgen_rules.terraform.aws.set_order import in_order
from iamgen_rules.terraform.aws.statement import Policy, Statement, in_key_order, last_first, policy_of
from iamgen_rules.terraform.evaluation_error import EvaluationError
from iamgen_rules.terraform.types import STRING
from iamgen_rules.terraform.values import Value, missing

_VERSION = "2012-10-17"
_WITHOUT_VARIABLES = "2008-10-17"
_LISTS = {"Action": "actions", "NotAction": "not_actions", "Resource": "resources", "NotResource": "not_resources"}
_BLOCKS = {"Principal": "principals", "NotPrincipal": "not_principals", "Condition": "condition"}
_REMOVED = ("source_json", "override_json")


@dataclass(frozen=True)
class DocumentOrigin:
    """Where the statements of a document are written, each with its parts."""

    statements: tuple[Statement, ...]
    whole: Place

    def place(self, path: Sequence[Step]) -> Place:
        """The place of a part."""
        if len(path) > 1 and path[0] == "Statement" and isinstance(path[1], int) and path[1] < len(self.statements):
            where = self.statements[path[1]].where
            return self.whole if where is None else where(path[2:])
        return self.whole


def _document(configured: Configured, attribute: str) -> Value | None:
    if attribute not in ("json", "minified_json", "id"):
        return Value(STRING, _VERSION) if attribute == "version" else None
    policy = _merged(configured)
    text = policy_json(data_of(policy), indented=attribute != "minified_json")
    if attribute == "id":
        is_known = isinstance(text, str) and digits_of(configured.provider) not in text  # the id is a checksum
        return Value(STRING, str(crc32(text.encode()))) if isinstance(text, str) and is_known else None
    return Value(STRING, text, origin=DocumentOrigin(policy.statements, configured.place()))


def _merged(configured: Configured) -> Policy:
    for name in _REMOVED:
        given = _text(configured, name)
        if isinstance(given, str) and given:
            raise EvaluationError(f"{name} was removed: use {name.partition('_')[0]}_policy_documents")
        if not isinstance(given, str):
            return Policy(unknown=", ".join(sorted(missing_of(given))))
    sources = _policies(configured, "source_policy_documents")
    overrides = _policies(configured, "override_policy_documents")
    return merged(sources, _own(configured), overrides)


def _policies(configured: Configured, name: str) -> Iterator[Policy]:
    given = configured.argument(name)
    if isinstance(given.data, Unknown):
        yield Policy(unknown=given.data.name)
    elif isinstance(given.data, tuple):
        for number, one in enumerate(given.data):
            if one.data is not None:
                yield policy_of(_text_of(one), one.origin, f"{name}[{number}]")


def _own(configured: Configured) -> Policy:
    version = _text(configured, "version") or _VERSION
    statements = [_statement(block, version) for block in configured.blocks("statement")]
    return Policy(version, _text(configured, "policy_id"), tuple(statements))


def _statement(block: Configured | Value, version: Text) -> Statement:
    if isinstance(block, Value):
        return Statement(unknown=", ".join(sorted(missing(block))))
    elements: dict[str, object] = {}
    for element, name in _LISTS.items():
        texts = _listed(block.argument(name))
        if texts:
            ordered = last_first(texts) if len(texts) > 1 else texts
            given = [_filled(one, version) for one in ordered] if "Resource" in element else ordered
            elements[element] = given if len(given) > 1 else given[0]
    for element, name in _BLOCKS.items():
        made = _conditions(block, version) if name == "condition" else _principals(block.blocks(name), version)
        if made != {}:
            elements[element] = made
    return Statement(_text(block, "sid"), _text(block, "effect") or "Allow", elements, _where(block))


def _where(block: Configured) -> Callable[[Sequence[Step]], Place]:
    """The places of a statement's parts: arguments, and the first block of the type."""

    def place(path: Sequence[Step]) -> Place:
        element = path[0] if path and isinstance(path[0], str) else ""
        if element in _BLOCKS:
            written = (one for one in block.blocks(_BLOCKS[element]) if not isinstance(one, Value))
            return next((one.place() for one in written if _is_at(one, path)), block.place())
        return block.place(_LISTS.get(element, element.lower()))

    return place


def _is_at(block: Configured, path: Sequence[Step]) -> bool:
    """Whether a block says this of the operator and key, or of the type of principal."""
    names = ("test", "variable") if path[0] == "Condition" else ("type",)
    return all(_text(block, name) == step for name, step in zip(names, path[1:], strict=False))


class _Principals(NamedTuple):
    type: Text
    identifiers: list[Text]


class _Condition(NamedTuple):
    test: Text
    variable: Text
    values: list[Text]


def _principals(blocks: Sequence[Configured | Value], version: Text) -> object:
    found: dict[Text, object] = {}
    known = [one for one in blocks if not isinstance(one, Value)]
    written = [_Principals(_text(one, "type"), _listed(one.argument("identifiers"))) for one in known]
    ordered = in_order(written, _Principals._asdict, frozenset({"identifiers"}))
    if len(ordered) == len(blocks) == 1 and ordered[0] == ("*", ["*"]):
        return "*"
    for block in ordered:
        before = found.get(block.type)
        added = [_filled(one, version) for one in last_first(block.identifiers)]
        found[block.type] = added[0] if before is None and len(added) == 1 else [*_as_list(before), *added]
    for one in blocks:
        if isinstance(one, Value):
            found[Unknown(", ".join(sorted(missing(one))))] = "*"
    return in_key_order(found)


def _as_list(before: object) -> list[object]:
    return [] if before is None else before if isinstance(before, list) else [before]


def _conditions(block: Configured, version: Text) -> object:
    blocks = block.blocks("condition")
    known = [one for one in blocks if not isinstance(one, Value)]
    written = [_Condition(_text(one, "test"), _text(one, "variable"), _listed(one.argument("values"))) for one in known]
    found: dict[Text, dict[Text, object]] = {}
    for one in in_order(written, _Condition._asdict, frozenset()):
        keys = found.setdefault(one.test, {})
        added = (_filled(value, version) for value in one.values)
        keys[one.variable] = [*_as_list(keys.get(one.variable)), *added]
    made: dict[Text, object] = {
        test: in_key_order({key: _alone(values) for key, values in keys.items()}) for test, keys in found.items()
    }
    for unknown in (one for one in blocks if isinstance(one, Value)):
        made[Unknown(", ".join(sorted(missing(unknown))))] = {}
    return in_key_order(made)


def _alone(values: object) -> object:
    return values[0] if isinstance(values, list) and len(values) == 1 else values


def _filled(text: Text, version: Text) -> Text:
    """`&{…}` is the IAM variable `${…}`. Raises EvaluationError where the version knows none."""
    parts = parts_of(text)
    if version == _WITHOUT_VARIABLES and any(isinstance(part, str) and "&{" in part for part in parts):
        raise EvaluationError(f'"&{{" stands for a policy variable, and version {version} knows none')
    return text_of(*(part.replace("&{", "${") if isinstance(part, str) else part for part in parts))


def _listed(value: Value) -> list[Text]:
    if isinstance(value.data, Unknown):
        return [UnknownJson(value.data.name)]
    return [_text_of(one) for one in value.data] if isinstance(value.data, tuple) else []


def _text(configured: Configured, name: str) -> Text:
    return _text_of(configured.argument(name))


def _text_of(value: Value) -> Text:
    return value.data if isinstance(value.data, str | Unknown | Partial) else ""


COMPUTED = {("data", "aws_iam_policy_document"): _document}
