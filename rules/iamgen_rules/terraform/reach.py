"""Which modules have something to say about IAM, be it in modules that they call: the others cost their index only."""

from __future__ import annotations

from dataclasses import dataclass, field

from iamgen_rules.terraform.aws.schema import is_relevant
from iamgen_rules.terraform.called import DEEPEST, folder_of
from iamgen_rules.terraform.module import Declaration, Module
from iamgen_rules.terraform.run import Run


@dataclass(eq=False)
class Reach:
    """The modules of one root module. What is not installed may say anything."""

    run: Run
    known: dict[str, bool] = field(default_factory=dict)

    def of_call(self, module: Module, calls: tuple[str, ...], call: Declaration) -> bool:
        """Whether what a module calls says something; `calls` lead to the module."""
        folder = folder_of(self.run, calls, module, call)
        return folder is None or len(calls) >= DEEPEST or self.of_module(self.run.module(folder), (*calls, call.key[1]))

    def of_module(self, module: Module, calls: tuple[str, ...] = ()) -> bool:
        """Whether a module says something."""
        key = module.real
        if key not in self.known:
            self.known[key] = False  # while it is being found out: a module that calls itself adds nothing
            self.known[key] = any(map(is_fact, module.declarations.values())) or any(
                self.of_call(module, calls, call) for call in module.of("module")
            )
        return self.known[key]


def is_fact(declaration: Declaration) -> bool:
    """Whether a declaration says something about IAM."""
    return declaration.kind in ("resource", "data") and is_relevant(declaration.kind, declaration.key[1])
