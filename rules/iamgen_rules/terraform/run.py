"""What all module instances of one root module share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from iamgen_rules.source import Place
from iamgen_rules.terraform.edge import Problems
from iamgen_rules.terraform.installed import Installed
from iamgen_rules.terraform.loading import Loader
from iamgen_rules.terraform.module import Module
from iamgen_rules.terraform.scope import Context
from iamgen_rules.terraform.types import STRING, map_of
from iamgen_rules.terraform.values import Value


@dataclass(eq=False)
class Run:
    """The root module in `folder` while it is read; `values` are files with values of its variables."""

    folder: str
    workspace: str
    loader: Loader
    installed: Installed
    context: Context
    problems: Problems = field(default_factory=Problems)
    modules: dict[str, Module] = field(default_factory=dict)
    values: list[str] = field(default_factory=list)
    uninstalled: dict[str, Place] = field(default_factory=dict)
    regions: dict[str, Callable[[], Value]] = field(default_factory=dict)
    default_tags: dict[str, Callable[[], Value]] = field(default_factory=dict)

    def report_uninstalled(self, source: str, place: Place) -> None:
        """Note, once for each source, that a module is not installed."""
        if source not in self.uninstalled:
            self.uninstalled[source] = place
            self.problems.add(place, f"{source} is not installed: run terraform get in {self.folder}")

    def region(self, provider: str) -> Value:
        """The region that a provider configuration says; null where it says none."""
        said = self.regions.get(provider)
        return Value(STRING, None) if said is None else said()

    def tags(self, provider: str) -> Value:
        """The tags that a provider configuration gives to all that it makes; null where it says none."""
        said = self.default_tags.get(provider)
        return Value(map_of(STRING), None) if said is None else said()

    def module(self, folder: str) -> Module:
        """The module in a folder."""
        module = self.loader.module(folder)
        self.modules[module.folder] = module
        return module
