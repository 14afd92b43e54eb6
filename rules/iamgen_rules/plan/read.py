"""The door for callers: the output of `terraform show -json` → what there is after the apply, as resources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from iamgen_rules.account.resource import Plain, Resource
from iamgen_rules.errors import Problem
from iamgen_rules.plan.accounts import accounts_of
from iamgen_rules.plan.address import is_instance
from iamgen_rules.plan.configuration import Configuration
from iamgen_rules.plan.documents import Documents, Values
from iamgen_rules.plan.echoes import without_echoes
from iamgen_rules.plan.hidden import INLINE, Hidden
from iamgen_rules.plan.input import Kind, accepted, refuse
from iamgen_rules.plan.instances import Instance, of_plan, of_values
from iamgen_rules.plan.references import References
from iamgen_rules.plan.tree import Json, mapping
from iamgen_rules.plan.values import Reader
from iamgen_rules.policy.text import Unknown
from iamgen_rules.source import Place

_PROVIDER = "aws_"


@dataclass(frozen=True, slots=True)
class Reading:
    """The resources of a plan or state by address, and what it does not say."""

    kind: Kind
    resources: tuple[Resource, ...]
    problems: tuple[Problem, ...]


def read(data: bytes, document: str) -> Reading:
    """Read a plan or state; `document` is what it is called. Raises InputError for anything else.

    A plan is read as what there will be once it is applied. A state has no provider configurations: its accounts go by
    their ids where there are several. What may be in either of two is in both, perhaps, and a problem.
    """
    kind, found = accepted(data, document)
    try:
        instances = list(of_plan(found) if kind == "plan" else of_values(mapping(found, "values")))
        _check(instances, document)
        resources = tuple(_Resources(kind, document, found, instances).all())
        return Reading(kind, resources, tuple(_problems(kind, found, document, resources)))
    except RecursionError:
        refuse(document, f"nested too deeply for a {kind}")


def _check(instances: Iterable[Instance], document: str) -> None:
    for one in instances:
        if not is_instance(one.module, one.address):
            refuse(document, f"{one.address!r} is not the address of an instance")


class _Resources:
    """Makes the resources of one plan or state."""

    def __init__(self, kind: Kind, document: str, found: Json, instances: Iterable[Instance]) -> None:
        self._document = document
        self._configuration = Configuration(mapping(found, "configuration"))
        self._references = References(self._configuration, instances)
        self._hidden = Hidden(found, self._configuration, self._references.instances)
        self._documents = Documents(self._values_at)
        self._values: dict[str, dict[str, Plain]] = {}
        self._accounts = accounts_of(self._references.instances) if kind == "state" else {}

    def all(self) -> Iterator[Resource]:
        instances = self._references.instances.values()
        made = [made for one in instances if one.type.startswith(_PROVIDER) for made in self._placed(one)]
        return without_echoes(made, lambda one: self._arguments(self._references.instances[one.address]))

    def _placed(self, instance: Instance) -> Iterator[Resource]:
        """The resource, in each account that it may be in."""
        made, accounts = self._resource(instance), sorted(self._accounts.get(instance.address, ()))
        doubt = frozenset({f"{instance.address} (its account)"} if len(accounts) > 1 and not instance.is_data else ())
        for account in accounts:
            yield replace(made, provider=account, missing=made.missing | doubt)
        if not accounts:
            yield made

    def _resource(self, instance: Instance) -> Resource:
        return Resource(
            instance.address,
            instance.type,
            self._values_of(instance),
            Place(self._document, instance.address),
            is_data=instance.is_data,
            provider=self._configuration.provider(instance.module, instance.local),
            missing=instance.missing,
        )

    def _values_at(self, address: str) -> Values:
        return self._values_of(self._references.instances[address])

    def _values_of(self, instance: Instance) -> dict[str, Plain]:
        if instance.address not in self._values:
            self._values[instance.address] = self._read(instance)
        return self._values[instance.address]

    def _read(self, instance: Instance) -> dict[str, Plain]:
        reader = Reader(self._references, self._documents, instance.address, self._references.of_instance(instance))
        values = reader.block(instance.values, instance.unknown, self._arguments(instance))
        redacted = (name for name, flag in instance.sensitive.items() if flag is True and name not in values)
        values |= {name: Unknown(f"{instance.address}.{name}") for name in redacted}
        if instance.type == "aws_iam_role" and instance.unknown.get(INLINE) is True:
            values[INLINE] = self._hidden.inline(instance, self._arguments(instance))
        return {name: value for name, value in values.items() if value != ""}

    def _arguments(self, instance: Instance) -> Json:
        return mapping(self._configuration.resource(instance.module, instance.local), "expressions")


def _problems(kind: Kind, found: Json, document: str, resources: Iterable[Resource]) -> Iterator[Problem]:
    place = Place(document)
    if found.get("errored") is True:
        yield Problem(place, "planning ended with an error: what comes after it is not in the plan")
    elif found.get("complete") is False:
        yield Problem(place, "the plan is not complete: something was deferred, or not a target")
    providers: dict[str, list[str]] = {}
    for one in resources if kind == "state" else ():
        if not one.is_data:
            providers.setdefault(one.address, []).append(one.provider)
    for address, several in providers.items():
        if len(several) > 1:
            ids = ", ".join(sorted(several))
            yield Problem(
                Place(document, address), f"the state does not say in which account it is ({ids}): give a plan"
            )
