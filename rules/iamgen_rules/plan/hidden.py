"""What a plan hides: whether a role that is new has blocks `inline_policy` that only the apply knows.

A plan lists neither dynamic blocks nor what they are made for. Blocks that are not known yet look in it like those that
the provider will work out because none are written. What is left is that Terraform names each attribute that
something is made of: one that no expression accounts for may be what a block is made for, and so may one that can be
more than a text. The source beside the plan knows better.

Source: "JSON Output Format" (Terraform documentation); `inline_policy` of "aws_iam_role" (AWS provider).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from iamgen_rules.plan.address import parts
from iamgen_rules.plan.configuration import Configuration
from iamgen_rules.plan.instances import Instance
from iamgen_rules.plan.references import MOST_SOURCES, has_unknown
from iamgen_rules.plan.tree import Json, objects, text, texts
from iamgen_rules.policy.text import Unknown

INLINE = "inline_policy"
LATER = " (known after apply)"
_TEXTS = frozenset({"arn", "id", "name", "unique_id", "json", "minified_json"})


class Hidden:
    """What the dynamic blocks of one plan may be made for."""

    def __init__(self, plan: Json, configuration: Configuration, instances: Mapping[str, Instance]) -> None:
        """Keep them; nothing is looked at before a role asks."""
        self._plan, self._configuration, self._instances = plan, configuration, instances
        self._explained: dict[str, frozenset[str]] = {}

    def inline(self, role: Instance, written: Json) -> Unknown:
        """The name of what decides a role's own inline policies; its own where the provider works them out.

        What is not written keeps the value that it has: only of a role that is new is it unknown.
        """
        is_told = INLINE in written or not role.is_new
        if is_told or len(self._candidates) > MOST_SOURCES:
            return Unknown(f"{role.address}.{INLINE}{LATER}")
        return Unknown(", ".join(self._candidates) or f"{role.address}.{INLINE}")

    @cached_property
    def _candidates(self) -> list[str]:
        return sorted(set(self._unexplained()))

    def _unexplained(self) -> Iterator[str]:
        for one in objects(self._plan, "relevant_attributes"):
            found = self._instances.get(text(one, "resource"))
            path = one.get("attribute")
            if found is not None and isinstance(path, list) and path and isinstance(path[0], str):
                is_unknown = has_unknown(found.unknown.get(path[0]))
                if is_unknown and not (path[0] in _TEXTS and self._accounts_for(found, path[0])):
                    yield f"{found.address}.{path[0]}"

    def _accounts_for(self, instance: Instance, attribute: str) -> bool:
        """Whether an expression refers to it. What a local value is made of is not told: it may be this."""
        if instance.module not in self._explained:
            module = self._configuration.module(instance.module)
            self._explained[instance.module] = frozenset(_references(module.data))
        return not self._explained[instance.module].isdisjoint(
            {"local", instance.local, f"{instance.local}.{attribute}"}
        )


def _references(module: Json) -> Iterator[str]:
    """What the expressions of a module refer to, without keys; of a local value only that there is one."""
    todo: list[object] = [module]
    while todo:
        found = todo.pop()
        if isinstance(found, dict):
            for reference in texts(found, "references"):
                names = [part.name for part in parts(reference)]
                yield "local" if names[:1] == ["local"] else ".".join(names)
            todo += [inner for name, inner in found.items() if name != "module"]
        elif isinstance(found, list):
            todo += found
