"""The instances that are there once a plan is applied, or that a state holds; what is known of each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from iamgen_rules.account.model import NONE
from iamgen_rules.plan.address import parts, within
from iamgen_rules.plan.tree import Json, mapping, objects, text, texts

_GONE = frozenset({"delete", "forget"})


@dataclass(frozen=True, slots=True)
class Instance:
    """An instance of a resource or data source.

    `unknown` and `sensitive` have true in the place of a value that is so. `key` is the instance key as it is
    written, `missing` what decides whether it is there, `is_new` whether the apply makes it,
    `depends_on` what it is made after, as far as a state says so.
    """

    address: str
    module: str
    type: str
    is_data: bool
    values: Json
    unknown: Json = field(default_factory=dict)
    sensitive: Json = field(default_factory=dict)
    missing: frozenset[str] = NONE
    is_new: bool = False
    depends_on: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """`["alice"]`, `[0]`, or nothing."""
        return parts(self.address)[-1].key

    @property
    def base(self) -> str:
        """The address without the instance's own key."""
        return self.address.removesuffix(self.key)

    @property
    def local(self) -> str:
        """The address inside its module, without the key: that of its configuration."""
        return self.base.removeprefix(f"{self.module}.") if self.module else self.base


def of_plan(plan: Json) -> Iterator[Instance]:
    """What there is after the apply: what changes or stays, and what a targeted plan leaves alone."""
    seen: set[str] = set()
    for change in objects(plan, "resource_changes"):
        if "deposed" not in change:
            seen |= {text(change, "address"), text(change, "previous_address")}
            if set(texts(mapping(change, "change"), "actions")) - _GONE:
                yield _changed(change)
    for deferred in objects(plan, "deferred_changes"):
        change = mapping(deferred, "resource_change")
        seen.add(text(change, "address"))
        yield _changed(change, f"{text(change, 'address')} ({text(deferred, 'reason') or 'deferred'})")
    yield from (one for one in of_values(mapping(plan, "prior_state", "values")) if one.address not in seen)


def of_values(values: Json) -> Iterator[Instance]:
    """What a state holds."""
    todo = [mapping(values, "root_module")]
    while todo:
        module = todo.pop()
        for one in objects(module, "resources"):
            if "deposed_key" not in one:
                yield _instance(one, text(module, "address"), mapping(one, "values"))
        todo += reversed(list(objects(module, "child_modules")))


def _changed(change: Json, missing: str = "") -> Instance:
    what = mapping(change, "change")
    made = _instance(change, text(change, "module_address"), mapping(what, "after"))
    return replace(
        made,
        unknown=mapping(what, "after_unknown"),
        sensitive=mapping(what, "after_sensitive"),
        missing=frozenset({missing} - {""}),
        is_new="create" in texts(what, "actions"),
    )


def _instance(resource: Json, module: str, values: Json) -> Instance:
    kind, is_data = text(resource, "type"), resource.get("mode") == "data"
    local = f"{'data.' * is_data}{kind}.{text(resource, 'name')}"
    address = text(resource, "address") or within(module, local)
    return Instance(address, module, kind, is_data, values, depends_on=tuple(texts(resource, "depends_on")))
