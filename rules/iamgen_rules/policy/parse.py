"""JSON or plain data to a `Document`; what AWS refuses is a `MalformedPolicyError` with the place inside it.

Source: "Grammar of the IAM JSON policy language", "IAM JSON policy elements reference" (IAM User Guide).
What is unknown of a document becomes unknown in the result, whatever its place: it is never an error.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from iamgen_rules.policy.document import (
    VERSION_2008,
    VERSION_2012,
    Document,
    Effect,
    Kind,
    Principal,
    Selection,
    Statement,
)
from iamgen_rules.policy.holes import read
from iamgen_rules.policy.malformed import MalformedPolicyError, shown
from iamgen_rules.policy.parse_parts import conditions, mapping, principals, selection
from iamgen_rules.policy.text import Partial, Text, Unknown, missing_of

__all__ = ["TOP", "MalformedPolicyError", "listed", "parse"]

TOP = frozenset({"Version", "Id", "Statement"})
_STATEMENT = frozenset(
    {"Sid", "Effect", "Action", "NotAction", "Resource", "NotResource", "Principal", "NotPrincipal", "Condition"}
)


def parse(source: object, kind: Kind = "identity") -> Document:
    """A document from JSON text or plain data, in which `Unknown` and `Partial` may stand for strings or more.

    Raises MalformedPolicyError.
    """
    body = read(source) if isinstance(source, str | Partial) else source
    if isinstance(body, Unknown):
        return Document(missing=missing_of(body))
    top, missing = mapping(body, "", TOP)
    if missing:
        return Document(missing=missing)
    _name(top.get("Id", ""), "Id")
    if "Statement" not in top:
        raise MalformedPolicyError("", "the policy has no Statement")
    statements: list[Statement] = []
    for index, raw in enumerate(listed(top["Statement"])):
        found = raw if isinstance(raw, Unknown | Partial) else _statement(raw, index, kind)
        if isinstance(found, Unknown | Partial):
            missing |= missing_of(found)
        else:
            statements += found
    _unique_sids(statements)
    return Document(tuple(statements), _version(top.get("Version", VERSION_2008)), missing)


def listed(raw: object) -> list[object]:
    """The statements of `Statement`: one, or a list of them."""
    if isinstance(raw, list | tuple):
        return list(raw)
    return [raw]


def _version(value: object) -> Text:
    if isinstance(value, Unknown | Partial) or value in (VERSION_2008, VERSION_2012):
        return value
    raise MalformedPolicyError("Version", f'{shown(value)} is no version: write "{VERSION_2012}"')


def _name(value: object, path: str) -> str:
    """An `Id` or a `Sid`; empty where it is unknown, for it decides nothing."""
    if isinstance(value, Unknown | Partial):
        return ""
    if not isinstance(value, str):
        raise MalformedPolicyError(path, f"{shown(value)} is no string")
    return value


def _statement(raw: object, index: int, kind: Kind) -> list[Statement] | Unknown:
    path = f"Statement[{index}]"
    body, missing = mapping(raw, path, _STATEMENT)
    if missing:
        return Unknown(", ".join(sorted(missing)))
    found, unmet = conditions(body.get("Condition", {}), f"{path}.Condition")
    sid = _name(body.get("Sid", ""), f"{path}.Sid")
    return [
        Statement(
            index=index,
            effect=effect,
            actions=selection(body, "Action", path),
            resources=_resources(body, path, kind),
            principals=_principals(body, path, kind),
            conditions=found,
            sid=sid,
            missing=unmet | unsure,
        )
        for effect, unsure in _effects(body.get("Effect"), path)
    ]


def _effects(value: object, path: str) -> Iterator[tuple[Effect, frozenset[str]]]:
    if isinstance(value, Unknown | Partial):
        yield "Allow", missing_of(value)
        yield "Deny", missing_of(value)
    elif value == "Allow":
        yield "Allow", frozenset()
    elif value == "Deny":
        yield "Deny", frozenset()
    else:
        found = "the statement has no Effect" if value is None else f"{shown(value)} is no effect"
        raise MalformedPolicyError(f"{path}.Effect", f'{found}: write "Allow" or "Deny"')


def _resources(body: Mapping[str, object], path: str, kind: Kind) -> Selection:
    if kind == "identity":
        return selection(body, "Resource", path)
    if "Resource" in body or "NotResource" in body:
        raise MalformedPolicyError(path, "a trust policy has no Resource")
    return Selection(("*",))


def _principals(body: Mapping[str, object], path: str, kind: Kind) -> tuple[Principal, ...]:
    if kind == "trust":
        if "NotPrincipal" in body or "Principal" not in body:
            raise MalformedPolicyError(path, "a trust policy needs Principal, and takes no NotPrincipal")
        return principals(body["Principal"], f"{path}.Principal")
    if "Principal" in body or "NotPrincipal" in body:
        raise MalformedPolicyError(path, "an identity policy has no Principal")
    return ()


def _unique_sids(statements: list[Statement]) -> None:
    """Source: "IAM JSON policy elements: Sid": unique within a policy."""
    first: dict[str, int] = {}
    for statement in statements:
        if statement.sid and first.setdefault(statement.sid, statement.index) != statement.index:
            raise MalformedPolicyError(
                f"Statement[{statement.index}].Sid", f"{shown(statement.sid)} stands twice in one policy"
            )
