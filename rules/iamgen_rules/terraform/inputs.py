"""What is given for the variables of a root module, the strongest last.

Source: "Input Variables" (Terraform documentation): environment, terraform.tfvars, terraform.tfvars.json,
*.auto.tfvars and *.auto.tfvars.json in the order of their names, --var and --var-file in the order they are given in.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from iamgen_rules.source import Place
from iamgen_rules.terraform import hcl
from iamgen_rules.terraform.document import Document
from iamgen_rules.terraform.evaluate import evaluate
from iamgen_rules.terraform.evaluation_error import EvaluationError
from iamgen_rules.terraform.files import Repository
from iamgen_rules.terraform.json_tree import Json, read_json
from iamgen_rules.terraform.loading import Loader
from iamgen_rules.terraform.merged import Setting
from iamgen_rules.terraform.module import Declaration
from iamgen_rules.terraform.no_names import NoNames
from iamgen_rules.terraform.number import parse
from iamgen_rules.terraform.options import Assigned, Given, ValuesFile
from iamgen_rules.terraform.run import Run
from iamgen_rules.terraform.scopes import Surroundings
from iamgen_rules.terraform.syntax import Extent
from iamgen_rules.terraform.values import FALSE, NULL, TRUE, Value, number, object_value, string, tuple_value
from iamgen_rules.terraform.variables import constraint_of, finished

__all__ = ["Assigned", "Given", "RootInputs", "ValuesFile"]

_WORDS = {"true": TRUE, "false": FALSE, "null": NULL}
_PREFIX = "TF_VAR_"
_PRIMITIVE = ("string", "number", "bool")


_Source = Assigned | Setting | tuple[Value, Place]


@dataclass(eq=False)
class RootInputs:
    """The variables of the root module."""

    run: Run
    given: Sequence[Given]
    environment: Mapping[str, str]

    def __call__(self, variable: Declaration) -> Value:
        """The value of a declared variable, unknown by its name where nothing is given."""
        name, problems, context = variable.key[1], self.run.problems, self.run.context
        source = self.sources.get(name)
        if source is None:
            return finished(variable, None, variable.place, f"var.{name}", context, problems)
        value, place = self._value(source, variable)
        return finished(variable, value, place, f"var.{name}", context, problems)

    def check(self) -> None:
        """Note what --var gives a value to and the root module does not declare, as Terraform refuses it.

        A --var-file is read, also where nothing that is asked for may depend on it: it may not be there.
        """
        module = self.run.module(self.run.folder)
        if any(isinstance(given, ValuesFile) for given in self.given):
            _ = self.sources
        for given in self.given:
            if isinstance(given, Assigned) and module.declaration("variable", given.name) is None:
                place = Place(given.said, given.name)
                self.run.problems.add(place, f"there is no variable {given.name} in {module.folder}")

    @cached_property
    def sources(self) -> Mapping[str, _Source]:
        """The strongest of what is given for each name."""
        found: dict[str, _Source] = {
            name.removeprefix(_PREFIX): Assigned(name.removeprefix(_PREFIX), text, name)
            for name, text in self.environment.items()
            if name.startswith(_PREFIX)
        }
        for path in self._files():
            found |= self._of_file(path, self.run.loader)
        for given in self.given:
            found |= self._given_file(given) if isinstance(given, ValuesFile) else {given.name: given}
        return found

    def _files(self) -> Iterator[str]:
        names = self.run.loader.repository.names(self.run.folder)
        fixed = [name for name in ("terraform.tfvars", "terraform.tfvars.json") if name in names]
        automatic = sorted(name for name in names if name.endswith((".auto.tfvars", ".auto.tfvars.json")))
        yield from (os.path.normpath(os.path.join(self.run.folder, name)) for name in (*fixed, *automatic))

    def _given_file(self, given: ValuesFile) -> Mapping[str, _Source]:
        if not given.anywhere:
            return self._of_file(given.path, self.run.loader)
        anywhere = Loader(Repository(self.run.folder, allow_outside=True))
        found = self._of_file(given.path, anywhere)
        self.run.loader.repository.seen.update(anywhere.repository.seen)
        return found

    def _of_file(self, path: str, loader: Loader) -> Mapping[str, _Source]:
        self.run.values.append(path)
        document = loader.document(path, self.run.problems.add)
        if document is None:
            return {}
        try:
            return self._of_json(document) if document.is_json else _settings(document)
        except EvaluationError as error:
            place = Place(path) if error.extent is None else document.place(error.extent)
            self.run.problems.add(place, error.message)
            return {}

    @staticmethod
    def _of_json(document: Document) -> Mapping[str, _Source]:
        """In JSON texts are what they say: `${` begins nothing."""
        found = read_json(document.text, Extent(0, len(document.text)))
        if found.kind != "object":
            raise EvaluationError("the values of variables have to be an object", found.extent)
        return {key.text: (_of_json(value), document.place(value.extent)) for key, value in found.members}

    def _value(self, source: _Source, variable: Declaration) -> tuple[Value, Place]:
        if isinstance(source, Setting):
            place = source.document.place(source.argument.value.extent)
            return self.run.problems.value(source, Surroundings(NoNames(self.run.context))), place
        if isinstance(source, Assigned):
            place = Place(source.said, source.name)
            return self.run.problems.guarded(lambda: self._read(source, variable), place), place
        return source

    def _read(self, source: Assigned, variable: Declaration) -> Value:
        """A text is the value of a variable that has no type, or a primitive one; else it is an expression."""
        kind = constraint_of(variable, self.run.context, self.run.problems).type.kind
        if kind in _PRIMITIVE or variable.body.setting("type") is None:
            return string(source.text)
        scope = Surroundings(NoNames(self.run.context)).scope(Document(source.said, source.text))
        try:
            return evaluate(hcl.parse_expression(source.text), scope)
        except EvaluationError as error:
            raise EvaluationError(f"{source.name}: {error.message}", lasting=error.lasting) from None


def _settings(document: Document) -> Mapping[str, _Source]:
    body = hcl.parse_body(document.text)
    return {name: Setting(document, argument) for name, argument in body.arguments.items()}


def _of_json(value: Json) -> Value:
    if value.kind == "object":
        return object_value({key.text: _of_json(inner) for key, inner in value.members})
    if value.kind == "array":
        return tuple_value(_of_json(element) for element in value.elements)
    if value.kind == "string":
        return string(value.text)
    if value.kind == "number":
        return number(parse(value.text) or 0)
    return _WORDS[value.text]
