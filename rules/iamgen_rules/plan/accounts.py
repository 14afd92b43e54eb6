"""Which account each instance of a state is in: a state has no provider configurations, but ARNs have account ids.

Users, groups, roles and policies say it themselves. What has no ARN of its own (attachments, keys) is where those are
that it names; of namesakes in several accounts, where those are that Terraform says it depends on.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from iamgen_rules.plan.address import parts, within
from iamgen_rules.plan.instances import Instance
from iamgen_rules.plan.tree import listed
from iamgen_rules.plan.values import KINDS

Accounts = frozenset[str]
_NAMES = {
    argument: kind
    for kind in ("user", "group", "role")
    for argument in (kind, f"{kind}s", f"{kind}_name", f"{kind}_names")
}
_ARNS = ("policy_arn", "policy_arns")
_DIGITS = 12


@dataclass
class _Declared:
    """Where namesakes are, and where what is at an address without keys is."""

    by_name: dict[tuple[str, str], set[str]] = field(default_factory=lambda: defaultdict(set))
    by_address: dict[str, set[tuple[str, str]]] = field(default_factory=lambda: defaultdict(set))


def accounts_of(instances: Mapping[str, Instance]) -> Mapping[str, Accounts]:
    """The account ids that each instance may be in, by address; none where there is nothing but one account."""
    own = {address: _said(one) for address, one in instances.items()}
    known = frozenset(found for address, found in own.items() if found and not instances[address].is_data)
    if len(known) < 2:
        return dict.fromkeys(instances, frozenset())
    declared = _declared(instances, own)
    return {
        address: frozenset({own[address]}) if own[address] in known else _named(one, declared, known)
        for address, one in instances.items()
    }


def _said(instance: Instance) -> str:
    """What its own ARN says; of a data source that asks for the caller, what it answers."""
    arn, asked = instance.values.get("arn"), instance.values.get("account_id")
    if isinstance(arn, str) and arn.count(":") > 4 and _is_id(arn.split(":")[4]):
        return arn.split(":")[4]
    return asked if instance.is_data and isinstance(asked, str) and _is_id(asked) else ""


def _is_id(text: str) -> bool:
    return len(text) == _DIGITS and text.isdecimal()


def _declared(instances: Mapping[str, Instance], own: Mapping[str, str]) -> _Declared:
    found = _Declared()
    for address, one in instances.items():
        name, kind = one.values.get("name"), KINDS.get(one.type)
        if isinstance(name, str) and kind and own[address] and not one.is_data:
            found.by_name[kind, name].add(own[address])
            found.by_address[_without_keys(address)].add((name, own[address]))
    return found


def _named(instance: Instance, declared: _Declared, known: Accounts) -> Accounts:
    names = set(_names(instance))
    candidates = known
    for where in (*_arns(instance), *(declared.by_name.get(one, ()) for one in names)):
        candidates = candidates & frozenset(where) or candidates
    if len(candidates) > 1:
        called = {name for _, name in names}
        before = (
            declared.by_address.get(_without_keys(within(instance.module, one)), set[tuple[str, str]]())
            | declared.by_address.get(_without_keys(one), set[tuple[str, str]]())
            for one in instance.depends_on
        )
        candidates = (
            candidates & {account for found in before for name, account in found if name in called} or candidates
        )
    return candidates


def _names(instance: Instance) -> Iterator[tuple[str, str]]:
    for argument, kind in _NAMES.items():
        yield from ((kind, name) for name in listed(instance.values.get(argument)) if isinstance(name, str))


def _arns(instance: Instance) -> Iterator[Collection[str]]:
    """The accounts of the policies that it attaches: nobody attaches those of another account."""
    for argument in _ARNS:
        for arn in listed(instance.values.get(argument)):
            if isinstance(arn, str) and arn.count(":") > 4 and _is_id(arn.split(":")[4]):
                yield (arn.split(":")[4],)


def _without_keys(address: str) -> str:
    return ".".join(part.name for part in parts(address))
