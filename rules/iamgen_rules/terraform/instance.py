"""A module instance: what the names in it mean, each worked out when it is asked for."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from iamgen_rules.account.model import NONE
from iamgen_rules.policy.text import Unknown, itself
from iamgen_rules.terraform.aws.schema import Mode, schema_of
from iamgen_rules.terraform.configured import Body
from iamgen_rules.terraform.evaluation_error import EvaluationError
from iamgen_rules.terraform.existence import called
from iamgen_rules.terraform.expansion import Group
from iamgen_rules.terraform.merged import Merged, Setting
from iamgen_rules.terraform.module import Declaration, Key, Module
from iamgen_rules.terraform.providers import configuration_of, default_tags
from iamgen_rules.terraform.repetitions import Repetition, Repetitions, counted, for_each, is_at_most_one
from iamgen_rules.terraform.resource_instance import ResourceInstance
from iamgen_rules.terraform.run import Run
from iamgen_rules.terraform.scope import Context, Step
from iamgen_rules.terraform.scopes import Surroundings
from iamgen_rules.terraform.syntax import Extent
from iamgen_rules.terraform.types import DYNAMIC, NUMBER, STRING
from iamgen_rules.terraform.values import Value, object_value, string, unknown

Inputs = Callable[[Declaration], Value]


@dataclass(eq=False)
class ModuleInstance:
    """A module as it is called from one place, or the root module.

    `inputs` gives the variables' values, `called` the module calls; `missing`: what decides whether it is there, by
    `conditions`; `absent`: what its outputs are called where the module cannot be read.
    """

    run: Run
    module: Module
    inputs: Inputs
    call: Callable[[ModuleInstance, Declaration], Group[ModuleInstance]]
    address: str = ""
    calls: tuple[str, ...] = ()
    ancestors: frozenset[str] = NONE
    providers: Mapping[str, str] = field(default_factory=dict)
    missing: frozenset[str] = NONE
    conditions: frozenset[str] = NONE
    absent: str = ""
    known: dict[Key, Value] = field(default_factory=dict)
    asked: set[Key] = field(default_factory=set)
    groups: dict[Key, Group[ResourceInstance]] = field(default_factory=dict)
    called: dict[str, Group[ModuleInstance]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Tell which regions and tags the provider configurations in this module say."""
        for declaration in self.module.of("provider"):
            name, setting = self.within(".".join(declaration.key[1:])), declaration.body.setting("region")
            if setting is not None:
                self.run.regions[name] = partial(self.run.problems.value, setting, Surroundings(self), STRING)
            if declaration.body.blocks("default_tags"):
                self.run.default_tags[name] = partial(
                    default_tags, declaration.body, Surroundings(self), self.run.problems
                )

    @property
    def context(self) -> Context:
        """The files and bounds of this run."""
        return self.run.context

    def region(self, provider: str) -> Value:
        """The region of a provider configuration; null where it says none."""
        return self.run.region(provider)

    def tags(self, provider: str) -> Value:
        """The tags that a provider configuration gives to all that it makes; null where it says none."""
        return self.run.tags(provider)

    def named(self, root: str, steps: Sequence[Step], extent: Extent) -> tuple[Value, int]:
        """What a name means, and how many of the steps after it are in that. Raises EvaluationError."""
        words = _words(root, steps, extent)
        if root in ("path", "terraform"):
            return self._setting_of_run(root, words[0]), 1
        if root in ("var", "local"):
            return self._once((root, words[0])), 1
        group = self.modules(words[0]) if root == "module" else self.resources(_key(root, words))
        value, used = group.resolve(steps[len(words) :], extent)
        return value, used + len(words)

    def _setting_of_run(self, root: str, name: str) -> Value:
        known = {
            "path.root": ".",
            "path.module": os.path.relpath(self.module.folder, self.run.folder),
            "path.cwd": os.path.abspath(self.run.folder),
            "terraform.workspace": self.run.workspace,
        }
        if (text := known.get(f"{root}.{name}")) is None:
            raise EvaluationError(f"there is no {root}.{name}", lasting=True)
        return string(text)

    def _once(self, key: Key) -> Value:
        """A variable, local value or output, worked out once."""
        if key in self.known:
            return self.known[key]
        if key in self.asked:
            raise EvaluationError(f"{_named(key)} depends on itself", lasting=True)
        self.asked.add(key)
        try:
            with self.context.meter.nested():
                self.known[key] = self._worked_out(*key)
        finally:
            self.asked.discard(key)
        return self.known[key]

    def _worked_out(self, root: str, name: str) -> Value:
        if root == "local":
            return self._local(name)
        declaration = self.module.declaration("variable" if root == "var" else root, name)
        if declaration is None:
            raise EvaluationError(f"{_named((root, name))} is not declared in {self.module.folder}", lasting=True)
        return self.inputs(declaration) if root == "var" else self._output(declaration)

    def _local(self, name: str) -> Value:
        if (setting := self.module.locals.get(name)) is not None:
            return self.run.problems.value(setting, Surroundings(self))
        if self.module.has_broken_locals:
            return unknown(DYNAMIC, f"local.{name}")
        raise EvaluationError(f"local.{name} is not declared in {self.module.folder}", lasting=True)

    def _output(self, declaration: Declaration) -> Value:
        setting = declaration.body.setting("value")
        if setting is None:
            return unknown(DYNAMIC, f"{self.address}.{declaration.key[1]}")
        value = self.run.problems.value(setting, Surroundings(self))
        sensitive = declaration.body.setting("sensitive")
        hidden = sensitive is not None and self.run.problems.value(sensitive, Surroundings(self)).data is True
        return replace(value, sensitive=True) if hidden else value

    # As a member of the group of a module call

    def attribute(self, name: str, extent: Extent) -> Value:
        """An output; of a module that cannot be read, each is another one."""
        if self.absent:
            identity = itself(f"{self.address}.{name}").identity
            return Value(DYNAMIC, Unknown(self.absent, identity=identity))
        if self.module.declaration("output", name) is None and not any(self.module.problems):
            raise EvaluationError(f'{self.address} has no output "{name}"', extent, lasting=True)
        return self._once(("output", name))

    def whole(self) -> Value:
        """All outputs as an object."""
        if self.absent:
            return unknown(DYNAMIC, self.absent)
        return object_value({one.key[1]: self._once(("output", one.key[1])) for one in self.module.of("output")})

    # Resources and module calls

    def modules(self, name: str) -> Group[ModuleInstance]:
        """The instances of a module call. Raises EvaluationError where there is none."""
        if name not in self.called:
            if (declaration := self.module.declaration("module", name)) is None:
                raise EvaluationError(f"module.{name} is not declared in {self.module.folder}", lasting=True)
            self.called[name] = self.call(self, declaration)
        return self.called[name]

    def resources(self, key: Key) -> Group[ResourceInstance]:
        """The instances of a resource or data source. Raises EvaluationError where it is not declared."""
        if key not in self.groups:
            if (declaration := self.module.declarations.get(key)) is None:
                raise EvaluationError(f"{_address(key)} is not declared in {self.module.folder}", lasting=True)
            self.groups[key] = self._group(declaration)
        return self.groups[key]

    def _group(self, declaration: Declaration) -> Group[ResourceInstance]:
        address = self.within(_address(declaration.key))

        def make(repetition: Repetition) -> ResourceInstance:
            return self._instance(declaration, address, repetition)

        return Group(address, lambda: self.expand(declaration.body), make, stand_for_all=True)

    def _instance(self, declaration: Declaration, address: str, repetition: Repetition) -> ResourceInstance:
        mode: Mode = "resource" if declaration.kind == "resource" else "data"
        kind, body = declaration.key[1], declaration.body
        made_by = configuration_of(body, kind, self.providers, self.module, self.address)
        where = replace(declaration.place, address=address + repetition.suffix)
        surroundings = Surroundings(self, repetition)
        schema = schema_of(mode, kind)
        all_ = where.address if "[?" in where.address else ""
        written = Body(where.address, made_by, body, surroundings, schema, self.run.problems, where, all_)
        return ResourceInstance(mode, kind, written, repetition, declaration.is_broken)

    def within(self, address: str) -> str:
        """An address of this module as one from the root on."""
        return f"{self.address}.{address}" if self.address else address

    def expand(self, body: Merged) -> Repetitions:
        """Which instances `count` and `for_each` ask for."""
        count, each = body.setting("count"), body.setting("for_each")
        if count is not None:
            expand = partial(
                counted, called=called(self.address, count), at_most_one=is_at_most_one(count.argument.value)
            )
            return self._expanded(count, expand, self.run.problems.value(count, Surroundings(self), NUMBER))
        if each is not None:
            expand = partial(for_each, called=called(self.address, each))
            return self._expanded(each, expand, self.run.problems.value(each, Surroundings(self)))
        return Repetitions()

    def _expanded(self, setting: Setting, expand: Callable[[Value], Repetitions], value: Value) -> Repetitions:
        try:
            if isinstance(value.data, int):
                self.context.meter.elements(value.data)
            return expand(value)
        except EvaluationError as error:
            place = setting.document.place(setting.argument.value.extent)
            self.run.problems.add(place, error.message)
            return expand(unknown(value.type, str(place)))


def _words(root: str, steps: Sequence[Step], extent: Extent) -> tuple[str, ...]:
    """The plain names that have to follow: one, or two after `data`."""
    words = steps[: 2 if root in ("data", "ephemeral") else 1]
    names = tuple(word for word in words if isinstance(word, str))
    if not names or len(names) < (2 if root in ("data", "ephemeral") else 1):
        raise EvaluationError(f"{root} has to be followed by a name", extent, lasting=True)
    return names


def _key(root: str, words: tuple[str, ...]) -> Key:
    return (root, *words) if root in ("data", "ephemeral") else ("resource", root, *words)


def _address(key: Key) -> str:
    return ".".join(key[1:] if key[0] == "resource" else key)


def _named(key: Key) -> str:
    return ".".join(key)
