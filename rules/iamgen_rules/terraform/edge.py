"""The edge at which an error becomes a problem: what is wrong with one argument costs the others nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from iamgen_rules.errors import Problem
from iamgen_rules.source import Place
from iamgen_rules.terraform.convert import convert
from iamgen_rules.terraform.evaluate import evaluate
from iamgen_rules.terraform.evaluation_error import EvaluationError
from iamgen_rules.terraform.merged import Setting
from iamgen_rules.terraform.scopes import FileScope, Surroundings
from iamgen_rules.terraform.types import DYNAMIC, Type
from iamgen_rules.terraform.values import Value, unknown

# AWS decides nothing by them, and they often lie in somebody's home, which is not read.
_KEYS_AND_CERTIFICATES = frozenset(
    {"pgp_key", "public_key", "private_key", "certificate_body", "certificate_chain", "saml_metadata_document"}
)


@dataclass
class Problems:
    """What is wrong in a root module, each thing once, in the order in which it was found."""

    found: dict[Problem, None] = field(default_factory=dict)

    def add(self, place: Place, message: str) -> None:
        """Note a problem."""
        self.found[Problem(place, message)] = None

    def value(self, setting: Setting, surroundings: Surroundings, kind: Type = DYNAMIC) -> Value:
        """An argument's value, of that type; unknown, by its place, where it is wrong."""
        scope = surroundings.scope(setting.document)
        place = scope.place(setting.argument.value.extent)
        return self.guarded(lambda: _evaluated(setting, scope, kind), place, kind, setting)

    def guarded(
        self, make: Callable[[], Value], place: Place, kind: Type = DYNAMIC, setting: Setting | None = None
    ) -> Value:
        """What a function makes; where it raises an EvaluationError a problem, and unknown, by the place.

        No problem where it is a key or a certificate.
        """
        try:
            return make()
        except EvaluationError as error:
            if setting is not None and error.extent is not None:
                place = setting.document.place(error.extent)
            if setting is None or setting.argument.name not in _KEYS_AND_CERTIFICATES:
                self.add(place, error.message)
            return unknown(kind, str(place))


def _evaluated(setting: Setting, scope: FileScope, kind: Type) -> Value:
    value = evaluate(setting.argument.value, scope)
    try:
        return convert(value, kind)
    except EvaluationError as error:
        raise EvaluationError(f"{setting.argument.name}: {error.message}", lasting=error.lasting) from None
