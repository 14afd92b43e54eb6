"""Which twelve digits are the account that is judged, and its partition."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from iamgen_rules.account.building.texts import strings
from iamgen_rules.account.model import ACCOUNT, NONE
from iamgen_rules.account.resource import Resource, digits_of
from iamgen_rules.policy.text import Text, Unknown, parts_of, text_of

_ID = re.compile(r'(?<![^:"\s])\d{12}(?![^:"\s])')
_NAMED = re.compile(r"arn:aws[a-z-]*:iam::(\d{12}):(user|group|role|policy)/([\w+=,.@/-]+)")
_PARTITION = re.compile(r"arn:(aws(?:-[a-z]+)*):")
_ROOT_OF_ARN = re.compile(r":[a-z0-9-]*:[^:]*:")


@dataclass(frozen=True, slots=True)
class Ids:
    """Writes texts so that the account that is judged is ACCOUNT in them, and no other account is."""

    own: Mapping[str, str]
    partition: str

    def normal(self, text: Text) -> Text:
        """The text, its known pieces one by one; the unknown partition of an ARN is the account's."""
        parts = [_ID.sub(self._digits, part) if isinstance(part, str) else part for part in parts_of(text)]
        for index, part in enumerate(parts[1:-1], 1):
            if isinstance(part, Unknown) and self._is_partition(parts[index - 1], parts[index + 1]):
                parts[index] = self.partition
        return text_of(*parts)

    def _digits(self, found: re.Match[str]) -> str:
        return self.own.get(found[0], found[0])

    def _is_partition(self, before: str | Unknown, after: str | Unknown) -> bool:
        is_arn = isinstance(before, str) and before.endswith("arn:")
        return is_arn and isinstance(after, str) and _ROOT_OF_ARN.match(after) is not None


def ids_of(provider: str, resources: Sequence[Resource], declared: Mapping[str, Iterable[str]]) -> Ids:
    """Those of a provider configuration; `declared` are the names in it by kind, in lower case.

    A literal id is the account's own where an ARN with it names something declared (of namesakes in two accounts the
    ARN that is known of each decides), or where it is the only one and there is one account.
    """
    texts = [text for one in resources for text in strings(one.values)]
    providers = {one.provider for one in resources}
    placeholders = {digits_of(one) for one in providers} | {ACCOUNT}
    literal = {found for text in texts for found in _ID.findall(text)} - placeholders
    known = {kind: frozenset(names) for kind, names in declared.items()}
    own = {
        number
        for text in texts
        for number, kind, path in _NAMED.findall(text)
        if number in literal and path.rpartition("/")[2].lower() in known.get(kind, ())
    }
    said = _said(resources)
    own -= frozenset().union(*(numbers for other, numbers in said.items() if other != provider))
    own |= said.get(provider, NONE) & literal
    if len(literal) == len(providers) == 1:
        own |= literal
    mine = digits_of(provider)
    return Ids({ACCOUNT: mine, **dict.fromkeys(own, ACCOUNT), mine: ACCOUNT}, _partition(provider, resources))


def _said(resources: Iterable[Resource]) -> Mapping[str, frozenset[str]]:
    """The account ids in the ARNs that what is managed has itself, by provider configuration."""
    found: dict[str, frozenset[str]] = {}
    for one in resources:
        arn = () if one.is_data else strings(one.values.get("arn"))
        ids = frozenset(known[1] for text in arn if (known := _NAMED.match(text)))
        found[one.provider] = found.get(one.provider, NONE) | ids
    return found


def _partition(provider: str, resources: Sequence[Resource]) -> str:
    """What the account's own resources say, else what most ARNs are of."""
    own = [one for one in resources if one.provider == provider]
    for one in own:
        said = one.values.get("partition") if one.type == "aws_partition" else None
        if isinstance(said, str):
            return said
    found = Counter(name for one in own for text in strings(one.values) for name in _PARTITION.findall(text))
    return min(found, key=lambda name: (-found[name], name), default="aws")
