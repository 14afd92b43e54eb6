"""What an expression gets its unknown values from: followed through variables, outputs, `each.value` and keys.

A plan says of an expression only what it refers to, not how; and of local values nothing but their names.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from iamgen_rules.plan.address import Part, parent, parts, traversals, within
from iamgen_rules.plan.configuration import Configuration
from iamgen_rules.plan.instances import Instance
from iamgen_rules.plan.tree import Json, mapping, texts

MOST_SOURCES = 32  # of one expression; what has more is unknown by its own name
MOST_REFERENCES = 2_000  # in one expression, which every instance of its resource follows
_KNOWN = frozenset({"path", "terraform", "count", "self"})
_KEYS = frozenset({"count.index", "each.key"})


class Source(NamedTuple):
    """An attribute of an instance; without attribute something in it or, where it is of several, in one of them."""

    owner: str
    attribute: str = ""

    def __str__(self) -> str:
        """As a reference."""
        return f"{self.owner}.{self.attribute}" if self.attribute else self.owner


@dataclass(frozen=True, slots=True)
class Context:
    """Where an expression stands: in a module instance, in a resource or call with a key and perhaps a for_each."""

    module: str
    owner: str = ""
    key: str = ""
    for_each: Json | None = field(default=None, compare=False)


Sources = frozenset[Source]
_NONE: Sources = frozenset()


class References:
    """The references of one plan."""

    def __init__(self, configuration: Configuration, instances: Iterable[Instance]) -> None:
        """Index the instances, and which keys there are of each resource and module call."""
        self.configuration = configuration
        self.instances = {one.address: one for one in instances}
        self._keys: dict[str, set[str]] = defaultdict(set)
        for one in self.instances.values():
            self._keys[one.base].add(one.key)
        for module in {one.module for one in self.instances.values()}:
            self._add_calls(module)
        self._unsettled = {one.base for one in self.instances.values() if has_unknown(one.unknown)}
        self._known: dict[tuple[Context, str], Sources] = {}
        self._alike: dict[tuple[str, str], bool] = {}

    def _add_calls(self, module: str) -> None:
        while module:
            outer, call = parent(module)
            self._keys[within(outer, f"module.{call.name}")].add(call.key)
            module = outer

    def of_instance(self, instance: Instance) -> Context:
        """The context of its arguments."""
        resource = self.configuration.resource(instance.module, instance.local)
        return Context(instance.module, instance.base, instance.key, _for_each(resource))

    def sources(self, expression: Json, context: Context) -> Sources:
        """What is unknown in an expression; what is known counts for nothing."""
        references = texts(expression, "references")
        if len(references) > MOST_REFERENCES:
            return frozenset({Source(context.owner or context.module)})
        written = list(traversals(references))
        found = frozenset(source for one in written for source in self._followed(one, context))
        if not _KEYS.isdisjoint(written):
            found = frozenset(self._by_key(source, context) for source in found)
        return found if len(found) <= MOST_SOURCES else frozenset({Source(context.owner or context.module)})

    def _followed(self, reference: str, context: Context) -> Sources:
        at = (context, reference)
        if at not in self._known:
            self._known[at] = _NONE  # while it is found out: Terraform has no cycles
            self._known[at] = frozenset(self._of(parts(reference), reference, context))
        return self._known[at]

    def _of(self, found: list[Part], reference: str, context: Context) -> Iterator[Source]:
        match [part.name for part in found]:
            case [root, *_] if root in _KNOWN:
                return
            case ["each", name, *_]:
                yield from self._each(found[2:], context) if name == "value" else ()
            case ["var", name, *_]:
                yield from self._variable(name, context.module)
            case ["module", _, *_]:
                yield from self._module(found, context.module)
            case ["local", name, *_]:
                yield Source(within(context.module, f"local.{name}"))
            case ["data", _, _, *_]:
                yield from self._resource(found, 3, context.module)
            case [_, _, *_]:
                yield from self._resource(found, 2, context.module)
            case _:
                yield Source(within(context.module, reference))

    def _each(self, rest: list[Part], context: Context) -> Iterator[Source]:
        if context.for_each is None:
            return
        caller = Context(context.module, context.owner)
        for source in self.sources(context.for_each, caller):
            keyed = self._by_key(source, context)
            yield from self._attribute(keyed.owner, rest) if keyed.owner in self.instances else (source,)

    def _variable(self, name: str, module: str) -> Iterator[Source]:
        """The root module's variables are known to every plan."""
        if module:
            outer, call = parent(module)
            written = mapping(self.configuration.module(outer).calls, call.name)
            context = Context(outer, within(outer, f"module.{call.name}"), call.key, _for_each(written))
            yield from self.sources(mapping(written, "expressions", name), context)

    def _module(self, found: list[Part], module: str) -> Iterator[Source]:
        inner = within(module, f"module.{found[1]}")
        repeated = mapping(self.configuration.module(module).calls, found[1].name).keys() & {
            "count_expression",
            "for_each_expression",
        }
        if len(found) < 3 or (repeated and not found[1].key):
            yield Source(inner)
        else:
            expression = self.configuration.module(inner).output(found[2].name)
            yield from self.sources(expression, Context(inner, f"{inner}.{found[2].name}"))

    def _resource(self, found: list[Part], length: int, module: str) -> Iterator[Source]:
        owner = within(module, ".".join(map(str, found[:length])))
        if owner in self.instances:
            yield from self._attribute(owner, found[length:])
        elif len(keys := self._keys.get(owner, ())) == 1:
            yield from self._attribute(owner + min(keys), [])
        elif owner in self._unsettled or not (owner in self._keys or self._is_declared(owner, module)):
            yield Source(owner, ".".join(map(str, found[length:])))

    def _is_declared(self, owner: str, module: str) -> bool:
        """Whether there may be instances, though there is none."""
        return owner.removeprefix(f"{module}." if module else "") in self.configuration.module(module).resources

    def _attribute(self, owner: str, rest: list[Part]) -> Iterator[Source]:
        unknown = self.instances[owner].unknown
        if not rest:
            yield from (Source(owner),) if has_unknown(unknown) else ()
        elif has_unknown(unknown.get(rest[0].name)):
            yield Source(owner, ".".join(map(str, rest)))

    def _by_key(self, source: Source, context: Context) -> Source:
        """Of several instances the one with the same key, where both sides have the same keys.

        `x[count.index].arn` and `x[count.index + 1].arn` look alike in a plan; but of as many as there are of
        those who ask, everybody is asked for by its own key.
        """
        if source.attribute or not context.key or not self._have_same_keys(source.owner, context.owner):
            return source
        return Source(source.owner + context.key)

    def _have_same_keys(self, one: str, other: str) -> bool:
        if (one, other) not in self._alike:
            self._alike[one, other] = one in self._keys and self._keys[one] == self._keys.get(other)
        return self._alike[one, other]


def _for_each(written: Json) -> Json | None:
    return mapping(written, "for_each_expression") if "for_each_expression" in written else None


def has_unknown(unknown: object) -> bool:
    """Whether true stands anywhere."""
    if isinstance(unknown, dict):
        return any(map(has_unknown, unknown.values()))
    return any(map(has_unknown, unknown)) if isinstance(unknown, list) else unknown is True
