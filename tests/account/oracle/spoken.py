"""What the policies of an account speak of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

from account.oracle.world import Documents
from iamgen_rules.policy.document import Document
from iamgen_rules.policy.request import Caller, Request
from iamgen_rules.policy.request import Held as Values

FREE_NAMES = ("u8", "u9", "renamed")
Frozen = frozenset[tuple[str, Values]]
_VARIABLE = re.compile(r"\$\{([^,}]+)")


class Asked(NamedTuple):
    """A request, with the keys that some policy reads."""

    action: str
    resource: str
    keys: Frozen

    def request(self, caller: Caller | None = None) -> Request:
        return Request(self.action, self.resource, dict(self.keys), caller)


class Spoken:
    """Condition keys, resources and names in documents; `users` are the names that are taken."""

    def __init__(self, documents: Documents, users: frozenset[str]) -> None:
        """Read nothing yet."""
        self._documents, self.users = documents, users
        self._together: dict[tuple[int, ...], tuple[frozenset[str], bool]] = {}

    def as_read(self, numbers: tuple[int, ...], asked: Asked) -> Asked:
        """A request as far as some documents read it: their keys, and its resource where they do not name all."""
        if numbers not in self._together:
            read = [self._read[number] for number in numbers if number >= 0]
            keys = frozenset(key for keys, _ in read for key in keys)
            self._together[numbers] = (keys, any(names_resources for _, names_resources in read))
        keys, names_resources = self._together[numbers]
        resource = asked.resource if names_resources else "x"
        return Asked(asked.action, resource, frozenset(one for one in asked.keys if one[0] in keys))

    @cached_property
    def _read(self) -> Mapping[int, tuple[frozenset[str], bool]]:
        return {
            number: (frozenset(_keys(document)), any(one.resources.values != ("*",) for one in document.statements))
            for number, document in enumerate(self._documents.all)
        }

    @cached_property
    def resources(self) -> list[str]:
        """Every resource that a policy names."""
        statements = (one for document in self._documents.all for one in document.statements)
        return sorted({str(text) for one in statements for text in one.resources.values})

    @cached_property
    def keys(self) -> frozenset[str]:
        """Every condition key and variable that a policy reads."""
        return frozenset(key for document in self._documents.all for key in _keys(document))

    @cached_property
    def _ordered(self) -> list[str]:
        return sorted(self.keys)

    def tags(self, prefix: str) -> list[str]:
        """The keys of tags that begin so."""
        return [key for key in self._ordered if key.startswith(prefix)]

    def tag_values(self, some: tuple[str | None, ...]) -> tuple[str | None, ...]:
        """Some values of a caller's tags; names of users, too, where resources are named by a tag."""
        by_tag = any("${aws:principaltag/" in text.lower() for text in self.resources)
        return (*some, *sorted(self.users), *self.free_names) if by_tag else some

    @cached_property
    def _compared_names(self) -> list[str]:
        statements = (one for document in self._documents.all for one in document.statements)
        conditions = (condition for one in statements for condition in one.conditions)
        return sorted({str(text) for one in conditions if one.key == "aws:username" for text in one.values})

    @cached_property
    def free_names(self) -> list[str]:
        """User names that nobody has: some, and those that policies name, as resources or in conditions."""
        spoken = [text.rsplit("/", 1)[-1] for text in self.resources if ":user/" in text and "$" not in text]
        spoken += [text for text in self._compared_names if "$" not in text]
        names = dict.fromkeys((*FREE_NAMES, *(name.replace("*", "9").replace("?", "9") for name in spoken)))
        return [name for name in names if name not in self.users]


def _keys(document: Document) -> Iterator[str]:
    for statement in document.statements:
        texts = [*statement.resources.values]
        for condition in statement.conditions:
            yield condition.key
            texts += condition.values
        for text in texts:
            yield from (found.lower() for found in _VARIABLE.findall(str(text)))
