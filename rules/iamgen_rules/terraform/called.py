"""Module calls: the module that is meant, its instances, its variables from the call's arguments."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace

from iamgen_rules.source import Place
from iamgen_rules.terraform.configured import META
from iamgen_rules.terraform.expansion import Group
from iamgen_rules.terraform.installed import InstalledModule, is_local
from iamgen_rules.terraform.instance import ModuleInstance
from iamgen_rules.terraform.module import Declaration, Module
from iamgen_rules.terraform.providers import passed_on
from iamgen_rules.terraform.repetitions import Repetition
from iamgen_rules.terraform.run import Run
from iamgen_rules.terraform.scopes import Surroundings
from iamgen_rules.terraform.sources import source_of, version_of
from iamgen_rules.terraform.types import DYNAMIC
from iamgen_rules.terraform.values import Value, unknown
from iamgen_rules.terraform.variables import finished
from iamgen_rules.terraform.version_constraint import satisfies

DEEPEST = 50  # modules in modules; people nest three or four
_OF_CALLS = META | {"source", "version", "providers"}


def call(caller: ModuleInstance, declaration: Declaration) -> Group[ModuleInstance]:
    """The instances of a module call; of a module that cannot be read they are there, but empty."""
    name = declaration.key[1]
    address = caller.within(f"module.{name}")
    module, absent = _module(caller, declaration)
    if not absent:
        _check_arguments(caller, declaration, module)

    def make(repetition: Repetition) -> ModuleInstance:
        return ModuleInstance(
            run=caller.run,
            module=module,
            inputs=_Inputs(caller, declaration, repetition, address + repetition.suffix),
            call=call,
            address=address + repetition.suffix,
            calls=(*caller.calls, name),
            ancestors=caller.ancestors | {module.real},
            providers=passed_on(declaration.body, caller.providers, caller.module, caller.address),
            missing=caller.missing | repetition.missing,
            conditions=caller.conditions | ({repetition.condition} - {""}),
            absent=absent,
        )

    return Group(address, lambda: caller.expand(declaration.body), make)


def folder_of(run: Run, calls: tuple[str, ...], module: Module, declaration: Declaration) -> str | None:
    """The folder of the module that a call means, where it is there; `calls` lead to the module that calls."""
    source = source_of(declaration)
    if is_local(source):
        return os.path.normpath(os.path.join(module.folder, source))
    installed = run.installed.module((*calls, declaration.key[1])) if source else None
    return None if installed is None or _is_outdated(declaration, installed) else installed.folder


def _is_outdated(declaration: Declaration, installed: InstalledModule) -> bool:
    """Whether Terraform would ask for another version; also where it would not understand which one is wanted."""
    version = version_of(declaration)
    return version is not None and not satisfies(installed.version, version)


def _report_uninstalled(caller: ModuleInstance, declaration: Declaration, source: str, place: Place) -> None:
    run, version = caller.run, version_of(declaration)
    installed = run.installed.module((*caller.calls, declaration.key[1]))
    if installed is not None and version is not None:
        source = f'{source} in version "{version}"'
    run.report_uninstalled(source, place)


def _module(caller: ModuleInstance, declaration: Declaration) -> tuple[Module, str]:
    """The module that is called, or an empty one, and why it cannot be read."""
    run, source, name = caller.run, source_of(declaration), caller.within(f"module.{declaration.key[1]}")
    folder = folder_of(run, caller.calls, caller.module, declaration)
    place = replace(declaration.place, address=name)
    if folder is None and source:
        _report_uninstalled(caller, declaration, source, place)
        return Module(""), f"{name} ({source} is not installed)"
    if folder is None:
        run.problems.add(place, "its source is no plain text")
        return Module(""), name
    if os.path.realpath(folder) in caller.ancestors:
        run.problems.add(place, f"it is inside itself: {caller.module.folder} calls {folder}")
        return Module(""), name
    if len(caller.calls) >= DEEPEST:
        run.problems.add(place, f"modules are nested more than {DEEPEST} deep")
        return Module(""), name
    module = run.module(folder)
    if not module.documents:
        run.problems.add(place, f"there is no configuration in {folder}")
        return module, name
    return module, ""


def _check_arguments(caller: ModuleInstance, declaration: Declaration, module: Module) -> None:
    for setting in declaration.body.settings():
        name = setting.argument.name
        if name not in _OF_CALLS and module.declaration("variable", name) is None:
            place = setting.document.place(setting.argument.extent)
            caller.run.problems.add(place, f"{module.folder} has no variable {name}")


@dataclass(frozen=True, slots=True)
class _Inputs:
    """The variables of a called module."""

    caller: ModuleInstance
    declaration: Declaration
    repetition: Repetition
    address: str

    def __call__(self, variable: Declaration) -> Value:
        problems, name = self.caller.run.problems, variable.key[1]
        if self.declaration.is_broken:
            return unknown(DYNAMIC, f"{self.address}.var.{name}")
        setting = self.declaration.body.setting(name)
        given = None if setting is None else problems.value(setting, Surroundings(self.caller, self.repetition))
        place = variable.place if setting is None else setting.document.place(setting.argument.extent)
        if given is None and variable.body.setting("default") is None:
            problems.add(replace(self.declaration.place, address=self.address), f"it needs a value for {name}")
        return finished(variable, given, place, f"{self.address}.var.{name}", self.caller.context, problems)
