"""Who and what is declared, by name, ARN or reference, without regard to case.

Source: "IAM and AWS STS quotas": names are unique within an account, case not told apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from iamgen_rules.account.building.ids import Ids, ids_of
from iamgen_rules.account.building.texts import argument, may_be, shown, text
from iamgen_rules.account.model import ACCOUNT, NONE, Kind
from iamgen_rules.account.resource import Resource, digits_of
from iamgen_rules.policy.text import Partial, Text, Unknown, is_of_any_instance, itself, missing_of, parts_of, text_of

KINDS: Mapping[str, Kind] = {"aws_iam_user": "user", "aws_iam_group": "group", "aws_iam_role": "role"}
POLICY = "aws_iam_policy"
_REFERENCE = re.compile(r"(.+)\.(arn|id|name)", re.DOTALL)
_ARN = re.compile(r"arn:[^:]*:iam::", re.DOTALL)


class Holder(NamedTuple):
    """A user, group or role by its name in lower case: what it is found by."""

    kind: Kind
    key: str


class Found(NamedTuple):
    """Who is meant; with `missing`, perhaps."""

    holder: Holder
    missing: frozenset[str] = NONE


class Names:
    """The names of one account."""

    def __init__(self, provider: str, resources: Sequence[Resource]) -> None:
        """Read the names of what the provider configuration declares; all resources say which ids are whose."""
        self._by_address = {one.address: one for one in resources}
        own = [one for one in resources if one.provider == provider and not one.is_data]
        self.declared: dict[Kind, dict[str, str]] = {"user": {}, "group": {}, "role": {}}
        self._unnamed: dict[Kind, dict[str, Text]] = {"user": {}, "group": {}, "role": {}}
        for one in own:
            if one.type in KINDS:
                called, kind = name_of(one), KINDS[one.type]
                name = shown(called)
                self.declared[kind].setdefault(name.lower(), name)
                if missing_of(called):
                    self._unnamed[kind].setdefault(name.lower(), called)
        policies = [one for one in own if one.type == POLICY]
        known: dict[str, Iterable[str]] = dict(self.declared.items())
        known["policy"] = [shown(name_of(one)).lower() for one in policies]
        self.ids: Ids = ids_of(provider, resources, known)
        self._policies: dict[str, str] = {}
        for one in policies:
            arn = shown(self.arn_of(one))
            self._policies.setdefault(arn.lower(), arn)

    def arn_of(self, resource: Resource, account: str = ACCOUNT) -> Text:
        """The ARN of a user, group, role or policy, in an account: by default the one that is judged."""
        kind = KINDS.get(resource.type, "policy")
        partition = self.ids.partition
        return text_of(f"arn:{partition}:iam::{account}:{kind}", path_of(resource), name_of(resource))

    def resolved(self, value: Text) -> Text:
        """The text with references to declared resources filled in, and the account's own digits as ACCOUNT."""
        if isinstance(value, Unknown):
            return self.ids.normal(self._referred(value))
        found = ((part, self._referred(part)) for part in parts_of(value))
        # A name after a prefix says of its unknown end that it is of the name: that is no reference to the whole.
        return self.ids.normal(text_of(*(_within(meant, part) or meant for part, meant in found)))

    def _referred(self, part: str | Unknown) -> Text:
        found = _REFERENCE.fullmatch(part.name) if isinstance(part, Unknown) else None
        resource = self._by_address.get(found[1]) if found else None
        if (
            found is None
            or resource is None
            or resource.is_data
            or ("[?" in found[1] and isinstance(part, Unknown) and not part.identity)
            or not (resource.type in KINDS or resource.type == POLICY)
        ):
            return part
        wants_arn = found[2] == "arn" or (found[2] == "id" and resource.type == POLICY)
        return self.arn_of(resource, digits_of(resource.provider)) if wants_arn else name_of(resource)

    def holders(self, kind: Kind, value: Text) -> Iterator[Found]:
        """Who is meant by a name, ARN or reference: everybody who may be, where it is not wholly known."""
        name = _last(self.resolved(value))
        key = shown(name).lower()
        declared = self.declared[kind]
        if isinstance(name, str) or key in declared:
            yield Found(Holder(kind, key), self._another(kind, key, name))
            if key not in declared:
                yield from self._may_be_called(kind, key)
            return
        for other, display in list(declared.items()):
            if may_be(name, display):
                yield Found(Holder(kind, other), missing_of(name))

    def _another(self, kind: Kind, key: str, name: Text) -> frozenset[str]:
        """What is missing to know that a name is somebody's, which is told in the same words.

        One instance may stand for all: what is said of another one is not said of it.
        """
        called = self._unnamed[kind].get(key, name)
        if not (is_of_any_instance(name) or is_of_any_instance(called)) or _same(name, called):
            return NONE
        return missing_of(name)

    def _may_be_called(self, kind: Kind, name: str) -> Iterator[Found]:
        """Those whose name is not wholly known, and may be this one."""
        for key, called in self._unnamed[kind].items():
            if may_be(called, name):
                yield Found(Holder(kind, key), missing_of(called))

    def policy(self, value: Text) -> str:
        """The ARN of a policy; what is not known of it by name. A policy that is attached is the account's or AWS's."""
        arn = self.resolved(value)
        if isinstance(arn, Partial) and (own := self._of_own_account(arn)) is not None:
            arn = own
        if isinstance(arn, Unknown):
            return arn.name
        return self._policies.get(shown(arn).lower(), shown(arn))

    def unsure(self, values: Iterable[Text]) -> frozenset[str]:
        """What is missing to know which policies are meant."""
        known = set(self._policies.values())
        unknown = (self.resolved(one) for one in values if self.policy(one) not in known)
        return frozenset(name for one in unknown for name in missing_of(one))

    def _of_own_account(self, arn: Partial) -> Text | None:
        before, *rest = arn.parts
        if isinstance(before, str) and _ARN.fullmatch(before) and len(rest) > 1 and isinstance(rest[0], Unknown):
            after = rest[1]
            if isinstance(after, str) and after.startswith(":policy/"):
                return text_of(before, ACCOUNT, *rest[1:])
        return None


def _same(name: Text, other: Text) -> bool:
    """Whether two texts of the same words are of the same unknown pieces."""
    pairs = zip(parts_of(name), parts_of(other), strict=False)
    return len(parts_of(name)) == len(parts_of(other)) and all(
        one.identity == its.identity != ""
        for one, its in pairs
        if isinstance(one, Unknown) and isinstance(its, Unknown)
    )


def _within(meant: Text, part: str | Unknown) -> str | Unknown | None:
    return next((own for own in parts_of(meant) if own == part), None)


def name_of(resource: Resource) -> Text:
    """The name; with unknown pieces where the provider or a variable decides it."""
    name = text(argument(resource, "name"))
    if name is not None and name != "":
        return name
    prefix = text(argument(resource, "name_prefix"))
    return text_of(prefix or "", itself(f"{resource.address}.name"))


def path_of(resource: Resource) -> str:
    """The path, with its slashes."""
    path = text(argument(resource, "path"))
    return shown(path) if path else "/"


def _last(name: Text) -> Text:
    """The name at the end of an ARN; a name as it is."""
    parts = list(parts_of(name))
    if not (isinstance(parts[0], str) and parts[0].startswith("arn:")):
        return name
    for index in range(len(parts) - 1, -1, -1):
        part = parts[index]
        if isinstance(part, str) and "/" in part:
            return text_of(part.rpartition("/")[2], *parts[index + 1 :])
    return name
