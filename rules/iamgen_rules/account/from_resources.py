"""Resources to accounts: one for each provider configuration, with the place of every fact.

Names, ARNs and references mean the same resource, in any case. What is unknown stays so, by name; what no resource
declares exists where one that is declared speaks of it: a user in a group's members.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from iamgen_rules.account.building import bonds, principals
from iamgen_rules.account.building.building import Building
from iamgen_rules.account.building.compute import compute
from iamgen_rules.account.building.documents import Documents
from iamgen_rules.account.building.doubt import doubted
from iamgen_rules.account.building.finish import Contested, Finish
from iamgen_rules.account.building.names import Names
from iamgen_rules.account.model import Account, Kind
from iamgen_rules.account.resource import Resource
from iamgen_rules.errors import Problem

__all__ = ["Built", "Contested", "accounts"]
_HANDLERS: Mapping[str, principals.Handler] = {**principals.HANDLERS, **bonds.HANDLERS}
_ORDER = tuple(_HANDLERS)


@dataclass(frozen=True, slots=True)
class Built:
    """The account of a provider configuration.

    `problems`: what AWS would refuse, the rest is judged. `unplaced`: what is said of somebody who is not known,
    where nobody is declared who may be meant. `contested`: what an exclusive owner takes away. `attached`: the ARNs of
    managed policies that attachments name, each with the kind of principal, whoever that is.
    """

    provider: str
    account: Account
    problems: tuple[Problem, ...] = ()
    unplaced: tuple[Problem, ...] = ()
    contested: tuple[Contested, ...] = ()
    attached: frozenset[tuple[Kind, str]] = frozenset()


def accounts(resources: Sequence[Resource]) -> tuple[Built, ...]:
    """The accounts of a root module, in the order in which their provider configurations come first."""
    providers = dict.fromkeys(one.provider for one in resources if not one.is_data)
    return tuple(_account(provider, resources) for provider in providers)


def _account(provider: str, resources: Sequence[Resource]) -> Built:
    names = Names(provider, resources)
    building = Building(names, Documents(names))
    own = [one for one in resources if one.provider == provider and not one.is_data]
    for kind in _ORDER:
        for resource in own:
            if resource.type == kind:
                _HANDLERS[kind](building, resource)
    finish = Finish(building)
    account = Account(
        users=finish.users(),
        groups=finish.groups(),
        roles=finish.roles(),
        policies=finish.policies(),
        compute=compute(building, own),
        partition=names.ids.partition,
    )
    account = doubted(account, names, own)
    return Built(
        provider,
        account,
        tuple(building.documents.problems),
        tuple(building.unplaced),
        tuple(finish.contested),
        frozenset(building.attached),
    )
