"""A JSON case to an account: short names for documents and policies, and for what recurs in them.

`{"unknown": name}` is what is missing. `{"gate": [action…]}` is the gate's Deny, which exempts these actions too,
`{"allow": action, "on": "user/bob"}` an Allow statement; both take a `Condition`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from iamgen_rules.account.model import (
    ACCOUNT,
    Account,
    Attachment,
    Compute,
    Group,
    Inline,
    Kind,
    ManagedPolicy,
    Membership,
    Ref,
    Role,
    User,
)
from iamgen_rules.policy.document import Document
from iamgen_rules.policy.parse import parse
from iamgen_rules.policy.text import Partial, Unknown

KINDS: Mapping[str, Kind] = {"user": "user", "group": "group", "role": "role"}
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
HERE = Path(__file__).parent / "verdicts"
DOCUMENTS: Mapping[str, Any] = json.loads((HERE / "documents.json").read_text(encoding="utf-8"))


def cases() -> Iterable[tuple[str, Mapping[str, Any]]]:
    """Every case of the corpus, with its file's name before its own."""
    for path in sorted(HERE.glob("*.json")):
        if path.name != "documents.json":
            for case in json.loads(path.read_text(encoding="utf-8")):
                yield f"{path.stem}: {case['name']}", case


def account(raw: Mapping[str, Any]) -> Account:
    """The account of a case."""
    partition = raw.get("partition", "aws")
    used = dict(raw.get("policies", {}))
    attached = [a for kind in ("users", "groups", "roles") for one in raw.get(kind, {}).values() for a in _bound(one)]
    for name in attached:
        used.setdefault(name, DOCUMENTS.get(name))
    policies = tuple(
        ManagedPolicy(arn(name, partition), document(doc), aws=name[0].isupper())
        for name, doc in used.items()
        if doc is not None
    )
    return Account(
        users=tuple(
            User(name, groups=_groups(one), password=one.get("password", False), **_common(one, partition))
            for name, one in raw.get("users", {}).items()
        ),
        groups=tuple(_group(name, one, partition) for name, one in raw.get("groups", {}).items()),
        roles=tuple(
            Role(name, document(one["trust"], trust=True), **_common(one, partition))
            for name, one in raw.get("roles", {}).items()
        ),
        policies=policies,
        compute=tuple(Compute(_text(one["arn"]), one["role"]) for one in raw.get("compute", ())),
        partition=partition,
    )


def arn(name: str, partition: str = "aws") -> str:
    """Names that begin with a capital letter are AWS's own."""
    return f"arn:{partition}:iam::{'aws' if name[0].isupper() else ACCOUNT}:policy/{name}"


def ref(text: str) -> Ref:
    """`user alice`."""
    kind, name = text.split(" ", 1)
    return Ref(KINDS[kind], name)


def document(raw: Any, *, trust: bool = False) -> Document:
    """A document by its name, or as it stands."""
    body = DOCUMENTS[raw] if isinstance(raw, str) else raw
    if isinstance(body, list):
        body = {"Version": "2012-10-17", "Statement": body}
    return parse(_decoded(body), "trust" if trust else "identity")


def _decoded(raw: Any) -> Any:
    if isinstance(raw, dict):
        if "gate" in raw:
            return _decoded(_gate(raw))
        if "allow" in raw:
            return _decoded(_allow(raw))
        if set(raw) == {"unknown"}:
            return Unknown(raw["unknown"])
        if set(raw) == {"partial"}:
            return Partial(tuple(_decoded(part) for part in raw["partial"]))
        return {key: _decoded(value) for key, value in raw.items()}
    if isinstance(raw, list):
        return [_decoded(item) for item in raw]
    return _text(raw) if isinstance(raw, str) else raw


def _gate(raw: Mapping[str, Any]) -> Mapping[str, Any]:
    (deny,) = DOCUMENTS["gate"]
    unnamed = {key: value for key, value in deny.items() if key != "Sid"}
    return {**unnamed, "NotAction": [*deny["NotAction"], *raw["gate"]], **_condition(raw)}


def _allow(raw: Mapping[str, Any]) -> Mapping[str, Any]:
    on = raw.get("on", "*")
    resources = [on] if isinstance(on, str) else on
    arns = [_resource(one) if isinstance(one, str) else one for one in resources]
    return {"Effect": "Allow", "Action": raw["allow"], "Resource": arns, **_condition(raw)}


def _condition(raw: Mapping[str, Any]) -> dict[str, Any]:
    return {"Condition": raw["Condition"]} if "Condition" in raw else {}


def _resource(text: str) -> str:
    return text if text == "*" or text.startswith("arn:") else f"arn:aws:iam::ACCOUNT:{text}"


def _text(raw: str) -> str:
    return raw.replace("ACCOUNT", ACCOUNT)


def _missing(raw: Any) -> frozenset[str]:
    found = raw.get("unknown", ()) if isinstance(raw, dict) else ()
    return frozenset() if isinstance(found, str) else frozenset(found)


def _bound(one: Mapping[str, Any]) -> list[str]:
    entries = [*one.get("attached", ()), *([one["boundary"]] if "boundary" in one else ())]
    return [entry if isinstance(entry, str) else entry["policy"] for entry in entries]


def _attachment(raw: Any, partition: str) -> Attachment:
    name = raw if isinstance(raw, str) else raw["policy"]
    return Attachment(arn(name, partition), missing=_missing(raw))


def _groups(one: Mapping[str, Any]) -> tuple[Membership, ...]:
    return tuple(
        Membership(raw if isinstance(raw, str) else raw["group"], missing=_missing(raw))
        for raw in one.get("groups", ())
    )


def _inline(name: str, raw: Any) -> Inline:
    if isinstance(raw, dict) and "document" in raw:
        return Inline(name, document(raw["document"]), missing=_missing(raw))
    return Inline(name, document(raw))


def _own(one: Mapping[str, Any], partition: str) -> dict[str, Any]:
    inline = one.get("inline", {})
    return {
        "path": one.get("path", "/"),
        "attached": tuple(_attachment(raw, partition) for raw in one.get("attached", ())),
        "inline": tuple(_inline(name, raw) for name, raw in inline.items()),
        "missing": _missing(one),
    }


def _common(one: Mapping[str, Any], partition: str) -> dict[str, Any]:
    tags = _decoded(one.get("tags", {}))
    boundary = _attachment(one["boundary"], partition) if "boundary" in one else None
    return {**_own(one, partition), "tags": tags, "boundary": boundary}


def _group(name: str, one: Mapping[str, Any], partition: str) -> Group:
    return Group(name, exclusive=one.get("exclusive", False), **_own(one, partition))
