"""The door for callers: the output of `terraform show -json` → what there is after the apply, as resources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from iamgen_rules.account.resource import Plain, Resource
from iamgen_rules.errors import Problem
from iamgen_rules.plan.address import is_instance
from iamgen_rules.plan.configuration import Configuration
from iamgen_rules.plan.documents import Documents, Values
from iamgen_rules.plan.echoes import without_echoes
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

    A plan is read as what there will be once it is applied. A state has no provider configurations: all of it is one
    account, and where it is not that is a problem.
    """
    kind, found = accepted(data, document)
    try:
        instances = list(of_plan(found) if kind == "plan" else of_values(mapping(found, "values")))
        _check(instances, document)
        resources = _Resources(document, Configuration(mapping(found, "configuration")), instances)
        return Reading(kind, tuple(resources.all()), tuple(_problems(kind, found, document, instances)))
    except RecursionError:
        refuse(document, f"nested too deeply for a {kind}")


def _check(instances: Iterable[Instance], document: str) -> None:
    for one in instances:
        if not is_instance(one.module, one.address):
            refuse(document, f"{one.address!r} is not the address of an instance")


class _Resources:
    """Makes the resources of one plan or state."""

    def __init__(self, document: str, configuration: Configuration, instances: Iterable[Instance]) -> None:
        self._document = document
        self._configuration = configuration
        self._references = References(configuration, instances)
        self._documents = Documents(self._values_at)
        self._values: dict[str, dict[str, Plain]] = {}

    def all(self) -> Iterator[Resource]:
        instances = self._references.instances.values()
        made = [self._resource(one) for one in instances if one.type.startswith(_PROVIDER)]
        return without_echoes(made, lambda one: self._arguments(self._references.instances[one.address]))

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
        return {name: value for name, value in values.items() if value != ""}

    def _arguments(self, instance: Instance) -> Json:
        return mapping(self._configuration.resource(instance.module, instance.local), "expressions")


def _problems(kind: Kind, found: Json, document: str, instances: Iterable[Instance]) -> Iterator[Problem]:
    place = Place(document)
    if found.get("errored") is True:
        yield Problem(place, "planning ended with an error: what comes after it is not in the plan")
    elif found.get("complete") is False:
        yield Problem(place, "the plan is not complete: something was deferred, or not a target")
    accounts = {one.values["arn"].split(":")[4] for one in instances if _has_account(one)} if kind == "state" else ()
    if len(accounts) > 1:
        ids = ", ".join(sorted(accounts))
        yield Problem(place, f"the state holds the accounts {ids} and does not say what is in which: give a plan")


def _has_account(instance: Instance) -> bool:
    """Whether it is managed, and its ARN one of IAM's that says in which account it is."""
    arn = instance.values.get("arn")
    return not instance.is_data and isinstance(arn, str) and arn.count(":") > 4 and arn.split(":")[2] == "iam"
