"""Resources from YAML, and an account as lines that a person can reason about.

`<var.x>` in a text is a piece that is not known, `<=var.x>` the same one wherever it is written; `<m=m.id>` is one that
is called m, and the same wherever m.id is. Policies are data; `[Allow, "*"]` is a statement on everything.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from iamgen_rules.account.from_resources import Built
from iamgen_rules.account.model import ACCOUNT, Group, Role, User
from iamgen_rules.account.resource import Plain, Resource
from iamgen_rules.policy.document import Document
from iamgen_rules.policy.text import Text, Unknown, text_of
from iamgen_rules.source import Place

HERE = Path(__file__).parent / "from_resources"
_HOLE = re.compile(r"<([^<>]+)>")
_OWN_DIGITS = re.compile(rf"\b{ACCOUNT}\b")
_POLICIES = ("policy", "assume_role_policy")
_OWN = {"of", "if", "data"}  # the provider configuration, what decides whether it is there, a data source


def cases() -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Every case, with its file's name before its own."""
    for path in sorted(HERE.glob("*.yaml")):
        for name, case in yaml.safe_load(path.read_text(encoding="utf-8")).items():
            yield f"{path.stem}: {name}", case


def resources(written: Mapping[str, Mapping[str, Any]]) -> list[Resource]:
    """The resources of a case, by address."""
    return [_resource(address, one or {}) for address, one in written.items()]


def _resource(address: str, one: Mapping[str, Any]) -> Resource:
    values = {name: _plain(_text_of_policy(name, value)) for name, value in one.items() if name not in _OWN}
    return Resource(
        address,
        next(part for part in address.split(".") if part.startswith("aws_")),
        values,
        Place("main.tf", address),
        {name: Place("main.tf", f"{address}.{name}") for name in values},
        is_data=address.startswith("data."),
        provider=one.get("of", "aws"),
        missing=frozenset(one.get("if", ())),
        conditions=frozenset(one.get("if", ())),
    )


def _text_of_policy(name: str, value: Any) -> Any:
    if name == "inline_policy":
        return [{key: _text_of_policy(key, inner) for key, inner in block.items()} for block in value]
    if name not in _POLICIES or not isinstance(value, list):
        return value
    return json.dumps({"Version": "2012-10-17", "Statement": [_statement(name, *one) for one in value]})


def _statement(name: str, effect: str, what: str, on: str = "*") -> Mapping[str, Any]:
    if name == "assume_role_policy":
        return {"Effect": effect, "Action": "sts:AssumeRole", "Principal": {"AWS": what}}
    return {"Effect": effect, "Action": what, "Resource": on}


def _plain(value: Any) -> Plain:
    if isinstance(value, str):
        pieces = _HOLE.split(value)
        texts: list[Text] = [_unknown(piece) if index % 2 else piece for index, piece in enumerate(pieces)]
        return text_of(*texts)
    if isinstance(value, list):
        return [_plain(one) for one in value]
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    return value  # type: ignore[no-any-return]  # YAML's null, Booleans and numbers are plain data as they are


def _unknown(written: str) -> Unknown:
    name, _, identity = written.partition("=")
    return Unknown(name or identity, identity=identity)


def lines(built: Built) -> list[str]:
    """All that an account has, a line each."""
    account = built.account
    found = [line for one in account.users for line in _user(one)]
    found += [line for group in account.groups for line in _group(group)]
    found += [line for role in account.roles for line in _role(role)]
    found += [f"{one.arn} {_document(one.document)}" for one in account.policies if not one.aws]
    found += [f"{one.arn} runs as {one.role}" for one in account.compute]
    found += [f"problem at {one.place.address}: {one.message}" for one in built.problems]
    found += [f"unplaced at {one.place.address}: {one.message}" for one in built.unplaced]
    found += [f"contested: {one.holder} {one.thing} by {one.owner.address}" for one in built.contested]
    return [_OWN_DIGITS.sub("ACCOUNT", line).rstrip() for line in found]


def _user(user: User) -> Iterator[str]:
    name = f"user {user.name}"
    extras = [f"path {user.path}"] if user.path != "/" else []
    extras += ["password"] if user.password else []
    extras += [f"{len(user.access_keys)} keys"] if user.access_keys else []
    extras += [f"tags {dict(user.tags)}"] if isinstance(user.tags, Mapping) and user.tags else []
    yield " ".join((name, *extras)) + _if(user.existence)
    yield from _has(name, user)
    yield from (f"{name} in {one.group}{_if(one)}" for one in user.groups)


def _group(group: Group) -> Iterator[str]:
    name = f"group {group.name}"
    yield f"{name}{' exclusive' if group.exclusive else ''}{_if(group)}{_if(group.existence)}"
    yield from _has(name, group)


def _role(role: Role) -> Iterator[str]:
    name = f"role {role.name}"
    yield f"{name}{_if(role.existence)} trusts {_document(role.trust)}"
    yield from _has(name, role)


def _has(name: str, holder: User | Group | Role) -> Iterator[str]:
    yield from (f"{name} has {one.policy}{_if(one)}" for one in holder.attached)
    yield from (f"{name} has inline {one.name} {_document(one.document)}{_if(one)}" for one in holder.inline)
    if not isinstance(holder, Group) and holder.boundary is not None:
        yield f"{name} within {holder.boundary.policy}"


def _if(one: Any) -> str:
    return f" if {', '.join(sorted(one.missing))}" if one.missing else ""


def _document(document: Document) -> str:
    parts = [
        f"{one.effect} {', '.join(str(value) for value in _selected(one))}{_if(one)}" for one in document.statements
    ]
    parts += [f"? {', '.join(sorted(document.missing))}"] if document.missing else []
    return f"({'; '.join(parts)})"


def _selected(statement: Any) -> Iterator[Text]:
    if statement.principals:
        yield from (one.value for one in statement.principals)
    else:
        yield from statement.actions.values
        yield from (f"on {one}" for one in statement.resources.values if one != "*")
