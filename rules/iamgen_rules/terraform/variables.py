"""Values of a module's variables: converted to the declared type, with defaults where nothing is given.

Source: "Input Variables", "Type Constraints" (Terraform documentation).
"""

from __future__ import annotations

from dataclasses import replace

from iamgen_rules.source import Place
from iamgen_rules.terraform.constraints import ANY, Constraint, constraint
from iamgen_rules.terraform.edge import Problems
from iamgen_rules.terraform.evaluation_error import EvaluationError
from iamgen_rules.terraform.json_syntax import reference
from iamgen_rules.terraform.merged import Setting
from iamgen_rules.terraform.module import Declaration
from iamgen_rules.terraform.no_names import NoNames
from iamgen_rules.terraform.scope import Context
from iamgen_rules.terraform.scopes import Surroundings
from iamgen_rules.terraform.syntax import Expression
from iamgen_rules.terraform.values import Value, not_given, unknown


def finished(
    variable: Declaration, given: Value | None, place: Place, name: str, context: Context, problems: Problems
) -> Value:
    """A variable's value from what was given at a place, or from its default, or unknown by its name."""
    wanted = constraint_of(variable, context, problems)
    is_nullable = _flag(variable, "nullable", context, problems, default=True)
    if given is not None and given.is_null and not is_nullable:
        given = None
    default = variable.body.setting("default")
    if given is None and default is not None:
        given, place = problems.value(default, _nowhere(context)), default.document.place(default.argument.value.extent)
    if variable.is_broken and given is None:
        return unknown(wanted.type, name)
    value = not_given(wanted.type, name) if given is None else _converted(given, wanted, place, variable, problems)
    is_sensitive = _flag(variable, "sensitive", context, problems, default=False)
    return replace(value, sensitive=True) if is_sensitive else value


def constraint_of(variable: Declaration, context: Context, problems: Problems) -> Constraint:
    """The declared type; `any` where there is none, or one that is wrong."""
    setting = variable.body.setting("type")
    if setting is None:
        return ANY
    try:
        return constraint(_type_of(setting), _nowhere(context).scope(setting.document))
    except EvaluationError as error:
        problems.add(setting.document.place(error.extent or setting.argument.value.extent), error.message)
        return ANY


def _type_of(setting: Setting) -> Expression:
    written = setting.argument.value
    return reference(written) if setting.document.is_json else written


def _converted(given: Value, wanted: Constraint, place: Place, variable: Declaration, problems: Problems) -> Value:
    def make() -> Value:
        try:
            return wanted.apply(given)
        except EvaluationError as error:
            raise EvaluationError(f"var.{variable.key[1]}: {error.message}", lasting=error.lasting) from None

    return problems.guarded(make, place, wanted.type)


def _flag(variable: Declaration, name: str, context: Context, problems: Problems, *, default: bool) -> bool:
    setting = variable.body.setting(name)
    value = None if setting is None else problems.value(setting, _nowhere(context))
    return value.data if value is not None and isinstance(value.data, bool) else default


def _nowhere(context: Context) -> Surroundings:
    return Surroundings(NoNames(context))
