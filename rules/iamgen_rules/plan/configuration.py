"""The configuration that a plan carries: per module, which expressions its arguments have and what they refer to."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from iamgen_rules.plan.address import calls
from iamgen_rules.plan.tree import EMPTY, Json, mapping, objects, text


@dataclass(eq=False)
class Module:
    """A module, whatever calls it."""

    data: Json

    @cached_property
    def resources(self) -> dict[str, Json]:
        """Its resources and data sources, by their addresses in it."""
        return {text(one, "address"): one for one in objects(self.data, "resources")}

    @cached_property
    def calls(self) -> Json:
        """The modules that it calls, by the name of the call."""
        return mapping(self.data, "module_calls")

    def output(self, name: str) -> Json:
        """The expression of an output."""
        return mapping(self.data, "outputs", name, "expression")


@dataclass(eq=False)
class Configuration:
    """Of a whole plan; empty for a state."""

    data: Json
    modules: dict[tuple[str, ...], Module] = field(default_factory=dict)

    def module(self, address: str) -> Module:
        """The module of a module instance."""
        path = calls(address)
        if path not in self.modules:
            self.modules[path] = Module(self._found(path))
        return self.modules[path]

    def _found(self, path: tuple[str, ...]) -> Json:
        found = mapping(self.data, "root_module")
        for name in path:
            found = mapping(found, "module_calls", name, "module")
        return found

    def resource(self, module: str, local: str) -> Json:
        """A resource or data source, by its address in a module instance; empty where it is not there (any more)."""
        return self.module(module).resources.get(local, EMPTY)

    def provider(self, module: str, local: str) -> str:
        """Which provider configuration makes it: `aws`, `aws.audit`, `module.iam.aws` for one inside a module.

        Terraform before 1.1 names it by the module without saying which one was passed on.
        """
        key = text(self.resource(module, local), "provider_config_key")
        if key.startswith("module."):
            return key.replace(":", ".")
        return key.rpartition(":")[2] or "aws"
