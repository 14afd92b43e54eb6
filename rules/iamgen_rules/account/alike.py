"""Principals that nothing tells apart: they are judged once, and a few of them stand for all as targets."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from typing import TypeVar

from iamgen_rules.account.beginnings import Beginnings, Tokens
from iamgen_rules.account.filled import filled
from iamgen_rules.account.model import Account, Attachment, Group, Inline, Ref, Role, User
from iamgen_rules.account.narrow import Narrowed
from iamgen_rules.policy.document import Document
from iamgen_rules.policy.identity import Tags
from iamgen_rules.policy.pattern import parse
from iamgen_rules.policy.steps import tick
from iamgen_rules.policy.text import Text, Unknown
from iamgen_rules.policy.wildcard import Wild, match

STANDING_FOR_ALL = 3
_Holder = TypeVar("_Holder", User, Group, Role)


class Alike:
    """Puts principals into classes: same policies that matter, same tags, and the same patterns match them.

    `apart`: each is in a class of its own.
    """

    def __init__(self, account: Account, documents: Iterable[Document], narrowed: Narrowed) -> None:
        """`narrowed` knows which documents matter."""
        self._account, self._narrowed = account, narrowed
        self._managed = {one.arn: one for one in account.policies}
        self._literal: set[str] = set()
        self._numbers: dict[Document, int] = {}
        read = tuple(documents)
        self._patterns = Beginnings((tokens, n) for n, tokens in enumerate(sorted(self._read(read), key=str)))
        self._meant, self.apart = filled(account, read)
        self._groups = {one.name: self._membership(one) for one in account.groups}

    def _read(self, documents: Iterable[Document]) -> set[Tokens]:
        """The patterns of the documents; their texts without wildcards are put aside."""
        patterns: set[Tokens] = set()
        for text in {text for document in documents for text in _texts(document)}:
            tokens = tuple(
                one for one in parse(_with_dollars(text), variables=False) if isinstance(one, str | Wild | Unknown)
            )
            if len(tokens) == 1 and isinstance(tokens[0], str):
                self._literal.add(tokens[0])
            elif not _uniform(text):
                patterns.add(tokens)
        return patterns

    def user(self, user: User) -> Hashable:
        """What tells a user from others."""
        tick(1 + len(user.groups))
        groups = frozenset((self._groups.get(one.group, one.group), one.missing) for one in user.groups)
        return (
            "user",
            self._own(user),
            _tags(user.tags),
            _bound(user.boundary),
            groups,
            user.password,
            self._seen(user, "user"),
        )

    def group(self, group: Group) -> Hashable:
        """What tells a group from others."""
        tick()
        return ("group", self._own(group), group.exclusive, self._seen(group, "group"))

    def role(self, role: Role) -> Hashable:
        """What tells a role from others."""
        tick()
        trust = self._number(role.trust)
        return ("role", self._own(role), _tags(role.tags), _bound(role.boundary), trust, self._seen(role, "role"))

    def _membership(self, group: Group) -> Hashable:
        """Its name, where its policies matter; else what tells it from other groups of no use.

        Whoever may write policies of the group, or one that is attached to it, makes them matter.
        """
        matter, writable = self._policies(group)
        return group.name if matter or group.missing else (self._seen(group, "group"), writable)

    def _own(self, holder: User | Group | Role) -> Hashable:
        return (holder.path, self._policies(holder), holder.missing, holder.existence)

    def _policies(self, holder: User | Group | Role) -> tuple[tuple[Hashable, ...], frozenset[Hashable]]:
        """Its policies that matter; and of the others, which somebody may be able to write, what tells them apart."""
        attached = [(one.policy, one.missing) for one in holder.attached if self._is_felt(one)]
        inline = [self._inline(one) for one in holder.inline if one.missing or self._matters(one.document)]
        others = (one.policy for one in holder.attached if not self._is_felt(one))
        writable = frozenset(self._told(one, one) for one in others if not self._managed[one].aws)
        return (*attached, *inline), writable

    def _is_felt(self, attachment: Attachment) -> bool:
        known = self._managed.get(attachment.policy)
        return known is None or bool(attachment.missing) or self._matters(known.document)

    def _matters(self, document: Document) -> bool:
        """Whether it bears on an action that an attacker could use, or denies something: then it is a carrier."""
        return self._narrowed.relevant(document) or any(one.effect == "Deny" for one in document.statements)

    def _inline(self, inline: Inline) -> Hashable:
        return (inline.name, self._number(inline.document), inline.missing)

    def _number(self, document: Document) -> int:
        return self._numbers.setdefault(document, len(self._numbers))

    def _seen(self, holder: User | Group | Role, kind: str) -> Hashable:
        return self._told(self._account.arn(kind, holder.name, holder.path), holder.name)

    def _told(self, arn: str, name: str) -> Hashable:
        """The name, where something has it literally, and the patterns that match it."""
        meant = self.apart or arn in self._meant
        named = name if meant or not self._literal.isdisjoint((arn, name)) else ""
        near = ((number, one, text) for text in (arn, name) for one, number in self._patterns.of(text))
        return (named, frozenset(number for number, one, text in near if not match(one, text).is_no))


def classes(keys: Iterable[tuple[Ref, Hashable]]) -> dict[Ref, Ref]:
    """Each principal, and the first of its class."""
    first: dict[Hashable, Ref] = {}
    return {ref: first.setdefault(key, ref) for ref, key in keys}


def some(holders: tuple[_Holder, ...], keys: Iterable[Hashable]) -> tuple[_Holder, ...]:
    """A few of each class."""
    counts: dict[Hashable, int] = {}
    found: list[_Holder] = []
    for holder, key in zip(holders, keys, strict=True):
        counts[key] = counts.get(key, 0) + 1
        if counts[key] <= STANDING_FOR_ALL:
            found.append(holder)
    return tuple(found)


def _with_dollars(text: Text) -> Text:
    """The text with what `${$}` stands for: before 2012-10-17 it stands for itself, which is in no name."""
    return text.replace("${$}", "$") if isinstance(text, str) else text


def _uniform(text: Text) -> bool:
    """A pattern that has only stars and variables where a name would be matches all names alike."""
    if not isinstance(text, str):
        return False
    name = text.split(":", 5)[5] if text.count(":") > 4 else text
    kind, _, rest = name.partition("/")
    starred = all(piece in ("*", "**") or (piece.startswith("${") and piece.endswith("}")) for piece in rest.split("/"))
    return (
        name in ("*", "")
        or (kind.isalpha() and starred)
        or (kind.isalpha() and kind not in ("user", "group", "role", "policy"))
    )


def _texts(document: Document) -> Iterator[Text]:
    for statement in document.statements:
        yield from statement.resources.values
        yield from (principal.value for principal in statement.principals)
        for condition in statement.conditions:
            yield from condition.values


def _tags(tags: Tags) -> Hashable:
    if isinstance(tags, Unknown):
        return tags
    return tuple(sorted(((key, str(value)) for key, value in tags.items())))


def _bound(boundary: Attachment | None) -> Hashable:
    return None if boundary is None else (boundary.policy, boundary.missing)
