"""Every context that a request can have: what is fixed, and each free key with a few values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from typing import NamedTuple

from account.oracle.spoken import Frozen, Spoken
from account.oracle.world import Held, Party, arn
from iamgen_rules.account.model import ACCOUNT
from iamgen_rules.policy.request import Held as Values
from iamgen_rules.policy.request import Never

NOW = "2026-11-24T12:00:00Z"
CLOUDFORMATION = "cloudformation.amazonaws.com"
PRESENT, AGE = "aws:multifactorauthpresent", "aws:multifactorauthage"
VARIANTS: Mapping[str, tuple[str | None, ...]] = {
    "access-key": (None,),
    "no-mfa": ("false",),
    "mfa": ("true",),
    "federated": (None,),
    "role": (None, "false"),
    "role-mfa": (None, "false", "true"),
}
AGES = ("1", "1000000")
FREE: Mapping[str, tuple[str | None, ...]] = {
    "aws:requestedregion": (None, "eu-west-1", "eu-central-1", "elsewhere"),
    "aws:sourceip": (None, "192.0.2.1", "198.51.100.1"),
    "sts:externalid": (None, "x", "other"),
}
TAG_VALUES = (None, "a", "b", "other")
PATHS = ("/", "/ops/")
Keys = dict[str, Values]


class Target(NamedTuple):
    """What a call is made on. `tags` are None where nobody declares it, `keys` what the call sets, `trust` a number."""

    arn: str
    keys: tuple[tuple[str, str], ...] = ()
    tags: tuple[tuple[str, str], ...] | None = None
    tags_free: bool = False
    trust: int = -1


class Context(NamedTuple):
    """The keys that some policy reads, and the ARN that the caller has with them."""

    keys: Frozen
    own_arn: str


class Contexts:
    """The contexts of one account's callers and targets."""

    def __init__(self, spoken: Spoken) -> None:
        """Remember those of callers."""
        self._spoken = spoken
        self._of_callers: dict[object, list[Context]] = {}

    def of_caller(self, who: Held, party: Party, *, via: bool = False) -> list[Context]:
        """All that a call of the session can have, by itself or through CloudFormation."""
        key = (who, party.path, party.tags_free, party.name_free, via)
        if key not in self._of_callers:
            self._of_callers[key] = list(dict.fromkeys(self._made(who, party, via=via)))
        return self._of_callers[key]

    def _made(self, who: Held, party: Party, *, via: bool) -> Iterator[Context]:
        parts = (self._mfa(who, via=via), self._names(who, party), self._tags(party), list(self.chosen()))
        for mfa, (names, own_arn), tags, free in product(*parts):
            yield Context(self._read({**_fixed(who, via=via), **mfa, **names, **tags, **free}), own_arn)

    def _read(self, keys: Keys) -> Frozen:
        return frozenset((key, values) for key, values in keys.items() if key in self._spoken.keys)

    def of_target(self, target: Target) -> Iterator[Frozen]:
        """The keys that the call sets, with each set of tags that the target can have."""
        for keys in self._with_tags(target):
            yield self._read(keys)

    def _with_tags(self, target: Target) -> Iterator[Keys]:
        fixed: Keys = {key: (value,) for key, value in target.keys}
        of_targets = (*self._spoken.tags("aws:resourcetag/"), *self._spoken.tags("iam:resourcetag/"))
        read = [(key, key.split("/", 1)[1]) for key in of_targets]
        if target.tags is None:
            yield {**fixed, **{key: Never.MET for key, _ in read}}
        elif not target.tags_free:
            tags = dict(target.tags)
            yield {**fixed, **{key: (tags[tag],) for key, tag in read if tag in tags}}
        else:
            for values in chosen(dict.fromkeys((tag for _, tag in read), TAG_VALUES)):
                yield {**fixed, **{key: values[tag] for key, tag in read if tag in values}}

    def _mfa(self, who: Held, *, via: bool) -> list[Keys]:
        found: list[Keys] = []
        for present in ("false",) if via else VARIANTS[who.kind]:
            values: Keys = {PRESENT: (present,)} if present is not None else {}
            ages = AGES if who.kind == "mfa" and not via and AGE in self._spoken.keys else ()
            found += [{**values, AGE: (age,)} for age in ages] or [values]
        return found

    def _tags(self, party: Party) -> list[Keys]:
        if not party.tags_free:
            return [{f"aws:principaltag/{key}": (value,) for key, value in party.tags}]
        return list(chosen(dict.fromkeys(self._spoken.tags("aws:principaltag/"), self._spoken.tag_values(TAG_VALUES))))

    def chosen(self) -> Iterator[Keys]:
        """Every choice of the keys that any caller chooses."""
        return chosen({key: FREE[key] for key in sorted(self._spoken.keys & FREE.keys())})

    def _names(self, who: Held, party: Party) -> list[tuple[Keys, str]]:
        """The names that the caller can have, with its ARN as a target of its own calls."""
        if who.kind == "federated":
            return [({"aws:principalarn": (f"arn:aws:sts::{ACCOUNT}:federated-user/{who.alias}",)}, party.arn)]
        if who.is_role:
            return [({"aws:principalarn": (party.arn,)}, party.arn)]
        named = [(party.name, party.path)]
        if party.name_free:
            named += product((party.name, *self._spoken.free_names), PATHS)
        return [_named(name, path) for name, path in dict.fromkeys(named)]


def chosen(options: Mapping[str, tuple[str | None, ...]]) -> Iterator[Keys]:
    """Every way to give each key one of its values, or none."""
    for values in product(*options.values()):
        yield {key: (value,) for key, value in zip(options, values, strict=True) if value is not None}


def _named(name: str, path: str) -> tuple[Keys, str]:
    own = arn("user", name, path)
    return {"aws:username": (name,), "aws:principalarn": (own,)}, own


def _fixed(who: Held, *, via: bool) -> Keys:
    kind = "AssumedRole" if who.is_role else "FederatedUser" if who.kind == "federated" else "User"
    found: Keys = {
        "aws:currenttime": (NOW,),
        "aws:epochtime": ("1795521600",),
        "aws:principaltype": (kind,),
        "aws:principalaccount": (ACCOUNT,),
        "aws:principalisawsservice": ("false",),
        "aws:viaawsservice": ("true" if via else "false",),
    }
    if who.kind != "access-key":
        found["aws:tokenissuetime"] = (NOW,)
    if via:
        found |= {f"aws:calledvia{which}": (CLOUDFORMATION,) for which in ("", "first", "last")}
    return found
