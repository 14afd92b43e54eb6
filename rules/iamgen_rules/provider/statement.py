"""A statement and a policy as the provider holds them while it merges; reading one from JSON.

Source: `IAMPolicyDoc` and its parts in the AWS provider 5.100, compared with what it answers: of a condition it keeps
texts, Booleans and lists of texts only, numbers are lost; members that it does not know are lost.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from iamgen_rules.policy.holes import read
from iamgen_rules.policy.malformed import MalformedPolicyError
from iamgen_rules.policy.text import Partial, Text, Unknown, UnknownJson, missing_of
from iamgen_rules.source import Origin, Place, Step

ELEMENTS = ("Action", "NotAction", "Resource", "NotResource", "Principal", "NotPrincipal", "Condition")
_TEXTS = ("Sid", "Effect")
_MEMBERS = {name.lower(): name for name in (*_TEXTS, *ELEMENTS)}
Where = Callable[[Sequence[Step]], Place]


class RefusedDocumentError(Exception):
    """A policy document that the provider would refuse; the message is what people will read."""


@dataclass(frozen=True)
class Statement:
    """A statement; with `unknown` nothing of it is known, or there are several. `where`: the places of its parts."""

    sid: Text = ""
    effect: Text = ""
    elements: Mapping[str, object] = field(default_factory=dict)
    where: Where | None = None
    unknown: str = ""

    def data(self) -> object:
        """As JSON has it."""
        if self.unknown:
            return UnknownJson(self.unknown)
        named = {"Sid": self.sid, "Effect": self.effect}
        given = {name: self.elements[name] for name in ELEMENTS if name in self.elements}
        return {**{name: text for name, text in named.items() if text != ""}, **given}

    def perhaps(self, *missing: str) -> Statement:
        """The same, with a condition that is not known."""
        condition = self.elements.get("Condition", {})
        known = condition if isinstance(condition, Mapping) else {}
        name = Unknown(", ".join(sorted(missing)))
        return replace(self, elements={**self.elements, "Condition": {**known, name: {}}})


@dataclass(frozen=True)
class Policy:
    """A policy: its statements in order. With `unknown` it may have others, and may replace some."""

    version: Text = ""
    id: Text = ""
    statements: tuple[Statement, ...] = ()
    unknown: str = ""


def policy_of(text: Text, origin: Origin | None, what: str) -> Policy:
    """A policy from its JSON, which the provider calls `what`. Raises RefusedDocumentError for what it would refuse."""
    if isinstance(text, Unknown):
        return Policy(unknown=text.name)
    try:
        data = read(text)
    except MalformedPolicyError as error:
        raise RefusedDocumentError(f"{what}: {error}") from None
    if isinstance(data, Unknown):
        return Policy(unknown=data.name)
    if not isinstance(data, Mapping):
        raise RefusedDocumentError(f"{what}: a policy is an object")
    members = {key.lower(): value for key, value in data.items() if isinstance(key, str)}
    unknown = sorted(name for key in data if isinstance(key, Unknown | Partial) for name in missing_of(key))
    listed = members.get("statement")
    if isinstance(listed, Unknown):
        return Policy(_text(members, "version", what), _text(members, "id", what), unknown=listed.name)
    if not isinstance(listed, list | None):
        raise RefusedDocumentError(f"{what}: Statement has to be a list")
    statements = [_statement(one, index, origin, what) for index, one in enumerate(listed or ())]
    return Policy(
        _text(members, "version", what), _text(members, "id", what), tuple(statements), ", ".join(unknown)
    )  # fmt: skip


def _statement(data: object, index: int, origin: Origin | None, what: str) -> Statement:
    if isinstance(data, Unknown | Partial):
        return Statement(unknown=", ".join(sorted(missing_of(data))))
    if not isinstance(data, Mapping):
        raise RefusedDocumentError(f"{what}: statement {index} is no object")
    members = {_MEMBERS.get(key.lower(), ""): value for key, value in data.items() if isinstance(key, str)}
    elements = {name: members[name] for name in ELEMENTS if members.get(name) is not None}
    for name in ("Principal", "NotPrincipal"):
        if name in elements:
            elements[name] = _principals(elements[name], what)
    if "Condition" in elements:
        elements["Condition"] = _conditions(elements["Condition"], what)
    kept = {name: value for name, value in elements.items() if not _is_left_out(name, value)}
    where = _inside(origin, index) if origin is not None else None
    found = Statement(_text(members, "Sid", what), _text(members, "Effect", what), kept, where)
    unknown = [name for key in data if isinstance(key, Unknown | Partial) for name in missing_of(key)]
    return found.perhaps(*unknown) if unknown else found


def _inside(origin: Origin, index: int) -> Where:
    return lambda path: origin.place(("Statement", index, *path))


def _is_left_out(name: str, value: object) -> bool:
    """Principals and conditions are left out where there are none."""
    return name in ("Principal", "NotPrincipal", "Condition") and value == {}


def _text(members: Mapping[str, object], name: str, what: str) -> Text:
    value = members.get(name)
    if value is None:
        return ""
    if isinstance(value, str | Partial | Unknown):
        return value
    raise RefusedDocumentError(f"{what}: {name} has to be a string")


def _principals(data: object, what: str) -> object:
    """Any text is `*`; lists are sorted, the last first."""
    if isinstance(data, Unknown | Partial):
        return data
    if isinstance(data, str):
        return "*"
    if not isinstance(data, Mapping):
        raise RefusedDocumentError(f"{what}: a principal is a string or an object")
    found = {
        key: _texts(value, what) for key, value in data.items() if isinstance(value, str | list | Unknown | Partial)
    }
    if found in ({"*": ["*"]}, {"*": "*"}):
        return "*"
    return {
        key: value if isinstance(value, str | Unknown | Partial) else last_first(value)
        for key, value in in_key_order(found).items()
    }


def _conditions(data: object, what: str) -> object:
    if isinstance(data, Unknown | Partial):
        return {data: {}}
    if not isinstance(data, Mapping) or not all(isinstance(one, Mapping | Unknown) for one in data.values()):
        raise RefusedDocumentError(f"{what}: a condition is an object of objects")
    found = {test: _keys(keys, what) for test, keys in data.items()}
    return in_key_order({test: keys for test, keys in found.items() if keys})


def _keys(data: object, what: str) -> Mapping[Text, object]:
    if not isinstance(data, Mapping):
        return {data: []} if isinstance(data, Unknown) else {}
    found: dict[Text, object] = {}
    for key, value in data.items():
        if isinstance(value, bool):
            found[key] = "true" if value else "false"
        elif isinstance(value, str | Unknown | Partial):
            found[key] = value
        elif isinstance(value, list):
            found[key] = _texts(value, what)
            found[key] = value[0] if len(value) == 1 else value
    return in_key_order(found)


def _texts(value: object, what: str) -> object:
    if isinstance(value, list) and not all(isinstance(one, str | Unknown | Partial) for one in value):
        raise RefusedDocumentError(f"{what}: a list of a principal or condition has strings only")
    return value


def last_first(texts: object) -> list[Text]:
    """Sorted by bytes, the last first; what is not known behind the others."""
    given: Iterable[Text] = texts if isinstance(texts, Sequence) else ()
    known = sorted((one for one in given if isinstance(one, str)), key=str.encode, reverse=True)
    return [*known, *(one for one in given if not isinstance(one, str))]


def in_key_order(found: Mapping[Text, object]) -> dict[Text, object]:
    """By key, as Go writes a map; keys that are not known behind the others."""
    known = sorted((key for key in found if isinstance(key, str)), key=str.encode)
    return {key: found[key] for key in (*known, *(key for key in found if not isinstance(key, str)))}
