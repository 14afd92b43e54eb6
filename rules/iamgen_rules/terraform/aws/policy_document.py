"""`aws_iam_policy_document` as it is written: its blocks and the policies that it merges, to JSON with places.

Source: "Data Source: aws_iam_policy_document" (AWS provider).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from zlib import crc32

from iamgen_rules.account.resource import digits_of
from iamgen_rules.policy.text import Partial, Text, Unknown, UnknownJson, missing_of
from iamgen_rules.provider.blocks import CONDITION, LISTS, PRINCIPALS, VERSION, Block, Condition, Principals, statement
from iamgen_rules.provider.merge import data_of, merged
from iamgen_rules.provider.policy_json import policy_json
from iamgen_rules.provider.statement import Policy, RefusedDocumentError, Statement, policy_of
from iamgen_rules.source import Place, Step
from iamgen_rules.terraform.aws.computed import Configured
from iamgen_rules.terraform.evaluation_error import EvaluationError
from iamgen_rules.terraform.types import STRING
from iamgen_rules.terraform.values import Value, missing

_BLOCKS = {**PRINCIPALS, "Condition": CONDITION}
_TO_VALUES = 3  # `Condition`, the operator, the key
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
        return Value(STRING, VERSION) if attribute == "version" else None
    try:
        policy = _merged(configured)
    except RefusedDocumentError as refused:
        raise EvaluationError(str(refused)) from None
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
    version = _text(configured, "version") or VERSION
    statements = [_statement(block, version) for block in configured.blocks("statement")]
    return Policy(version, _text(configured, "policy_id"), tuple(statements))


def _statement(written: Configured | Value, version: Text) -> Statement:
    if isinstance(written, Value):
        return Statement(unknown=", ".join(sorted(missing(written))))
    block = Block(
        _text(written, "sid"),
        _text(written, "effect"),
        {element: _listed(written.argument(name)) for element, name in LISTS.items()},
        {element: [_principals(one) for one in written.blocks(name)] for element, name in PRINCIPALS.items()},
        [_condition(one) for one in written.blocks(CONDITION)],
        _where(written),
    )
    return statement(block, version)


def _principals(block: Configured | Value) -> Principals | Unknown:
    if isinstance(block, Value):
        return Unknown(", ".join(sorted(missing(block))))
    return Principals(_text(block, "type"), _listed(block.argument("identifiers")))


def _condition(block: Configured | Value) -> Condition | Unknown:
    if isinstance(block, Value):
        return Unknown(", ".join(sorted(missing(block))))
    return Condition(_text(block, "test"), _text(block, "variable"), _listed(block.argument("values")))


def _where(block: Configured) -> Callable[[Sequence[Step]], Place]:
    """The places of a statement's parts: arguments, and the first block of the type; of an operator, its `test`."""

    def place(path: Sequence[Step]) -> Place:
        element = path[0] if path and isinstance(path[0], str) else ""
        if element in _BLOCKS:
            written = (one for one in block.blocks(_BLOCKS[element]) if not isinstance(one, Value))
            inner = "values" if len(path) > _TO_VALUES else "test" if len(path) > 1 and element == "Condition" else ""
            return next((one.place(inner) for one in written if _is_at(one, path)), block.place())
        return block.place(LISTS.get(element, element.lower()))

    return place


def _is_at(block: Configured, path: Sequence[Step]) -> bool:
    """Whether a block says this of the operator and key, or of the type of principal."""
    names = ("test", "variable") if path[0] == "Condition" else ("type",)
    return all(_text(block, name) == step for name, step in zip(names, path[1:], strict=False))


def _listed(value: Value) -> list[Text]:
    if isinstance(value.data, Unknown):
        return [UnknownJson(value.data.name)]
    return [_text_of(one) for one in value.data] if isinstance(value.data, tuple) else []


def _text(configured: Configured, name: str) -> Text:
    return _text_of(configured.argument(name))


def _text_of(value: Value) -> Text:
    return value.data if isinstance(value.data, str | Unknown | Partial) else ""


COMPUTED = {("data", "aws_iam_policy_document"): _document}
