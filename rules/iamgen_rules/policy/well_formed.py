"""What counts of a document that AWS refuses: every part of it that is well-formed; the rest is unknown.

AWS takes a policy as a whole or not at all. What its author meant is in its well-formed parts all the same: an Allow
without Resource allows at most its actions, and denies nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from iamgen_rules.policy.document import Document, Kind
from iamgen_rules.policy.holes import read
from iamgen_rules.policy.malformed import MalformedPolicyError
from iamgen_rules.policy.parse import TOP, listed, parse
from iamgen_rules.policy.text import Partial, Text, Unknown

_PARTS = (
    ("Sid",),
    ("Action", "NotAction"),
    ("Resource", "NotResource"),
    ("Principal", "NotPrincipal"),
    ("Condition",),
)


def well_formed(source: str | Partial, kind: Kind, name: str) -> Document:
    """The document, with what is malformed in it unknown by this name.

    A statement that is well-formed counts as it is, another one perhaps, with the parts of it that are; one whose
    Effect is not is unknown.
    """
    try:
        body = read(source)
    except MalformedPolicyError:
        body = None
    if not isinstance(body, Mapping) or "Statement" not in body:
        return Document(missing=frozenset({name}))
    found = [_document(raw, index, kind, name) for index, raw in enumerate(listed(body["Statement"]))]
    missing = frozenset[str]() if body.keys() <= TOP else frozenset({name})
    return Document(
        tuple(statement for one in found for statement in one.statements),
        _version(body, name),
        missing.union(*(one.missing for one in found)),
    )


def _version(body: Mapping[object, object], name: str) -> Text:
    parsed = _parsed({**{key: value for key, value in body.items() if key == "Version"}, "Statement": []}, "identity")
    return Unknown(name) if parsed is None else parsed.version


def _document(raw: object, index: int, kind: Kind, name: str) -> Document:
    """A document of one statement, which stands where it does in its own."""
    whole = _parsed({"Statement": [raw]}, kind)
    if whole is not None:
        return replace(whole, statements=tuple(replace(one, index=index) for one in whole.statements))
    if not isinstance(raw, Mapping) or raw.get("Effect") not in ("Allow", "Deny"):
        return Document(missing=frozenset({name}))
    known = parse({"Statement": [_known_parts(raw, kind, Unknown(name))]}, kind)
    return Document(tuple(replace(one, index=index, missing=one.missing | {name}) for one in known.statements))


def _known_parts(raw: Mapping[object, object], kind: Kind, hole: Unknown) -> Mapping[object, object]:
    """A statement of which all but the effect is unknown, and then each part that is well-formed in its place."""
    needed = "Resource" if kind == "identity" else "Principal"
    found: dict[object, object] = {"Effect": raw["Effect"], "Action": hole, needed: hole, "Condition": hole}
    for names in _PARTS:
        given = {key: value for key, value in raw.items() if key in names}
        changed = {**{key: value for key, value in found.items() if key not in names}, **given}
        if _parsed({"Statement": [changed]}, kind) is not None:
            found = changed
    return found


def _parsed(body: Mapping[object, object], kind: Kind) -> Document | None:
    try:
        return parse(body, kind)
    except MalformedPolicyError:
        return None
