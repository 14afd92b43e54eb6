"""Expressions compared with Terraform: while names are unknown, and once they are known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from iamgen_rules.terraform.convert import convert
from iamgen_rules.terraform.evaluate import evaluate
from iamgen_rules.terraform.evaluation_error import EvaluationError
from iamgen_rules.terraform.hcl import parse_expression
from iamgen_rules.terraform.types import (
    BOOL,
    DYNAMIC,
    NUMBER,
    STRING,
    Type,
    list_of,
    map_of,
    object_of,
    set_of,
    tuple_of,
)
from iamgen_rules.terraform.values import Value, is_sensitive, missing, unknown
from tf import Workspace

from .agreement import agreement, fits, type_of
from .asked import Answer, Question, ask
from .surroundings import Surroundings, value_of

# Names that only the apply knows: their type, and what they are once they are known.
UNKNOWN: Mapping[str, tuple[Type, str]] = {
    "u_string": (STRING, '"value"'),
    "u_digits": (STRING, '"12"'),
    "u_number": (NUMBER, "3"),
    "u_bool": (BOOL, "true"),
    "u_list": (list_of(STRING), '["p", "q"]'),
    "u_set": (set_of(STRING), '["p", "q"]'),
    "u_map": (map_of(STRING), '{ a = "p", b = "q" }'),
    "u_tuple": (tuple_of([STRING, NUMBER]), '["p", 1]'),
    "u_object": (object_of({"a": STRING, "b": NUMBER}), '{ a = "p", b = 1 }'),
    "u_any": (DYNAMIC, '"value"'),
    "u_any_list": (DYNAMIC, '["p", "q"]'),
}
_CONVERTED = {"list": "tolist(%s)", "set": "toset(%s)", "map": "tomap(%s)"}
_RESOURCE = 'resource "terraform_data" "%s" { input = terraform_data.id.id == "" ? %s : %s }'

Ours = Value | EvaluationError


@dataclass(frozen=True)
class Difference:
    """`less` is known here than Terraform knows, or it is `wrong`."""

    kind: Literal["less", "wrong"]
    text: str


def preamble(*, known: bool) -> str:
    """The names, as Terraform has them."""
    if known:
        return _locals({name: _typed(name) for name in UNKNOWN})
    resources = [
        _RESOURCE % (name, _typed(name), _typed(name)) for name, (type_, _) in UNKNOWN.items() if type_ != DYNAMIC
    ]
    names = {
        name: "jsondecode(terraform_data.id.id)" if type_ == DYNAMIC else f"terraform_data.{name}.output"
        for name, (type_, _) in UNKNOWN.items()
    }
    return "\n".join(['resource "terraform_data" "id" {}', *resources, _locals(names)])


def _locals(names: Mapping[str, str]) -> str:
    return "\n".join(["locals {", *(f"  {name} = {value}" for name, value in names.items()), "}", ""])


def _typed(name: str) -> str:
    type_, text = UNKNOWN[name]
    return _CONVERTED.get(type_.kind, "%s") % text


def surroundings(*, known: bool) -> Surroundings:
    """The names, as we have them."""
    if not known:
        return Surroundings({name: unknown(type_, name) for name, (type_, _) in UNKNOWN.items()})
    return Surroundings({name: convert(value_of(text), type_) for name, (type_, text) in UNKNOWN.items()})


_parsed = cache(parse_expression)


def judged(text: str, scope: Surroundings) -> Ours:
    """The value of an expression, or how it fails."""
    try:
        return evaluate(_parsed(text), scope)
    except EvaluationError as error:
        return error


def differences(workspace: Workspace, texts: Sequence[str]) -> list[Difference]:
    """Where expressions differ from what Terraform plans, before and after their names are known."""
    planned = _compared(workspace, texts, known=False)
    applied = _compared(workspace, [text for text in texts if "local.u_" in text], known=True)
    found = {text: _difference(text, *pair) for text, pair in applied.items()}
    before = {text: _difference(text, *pair) for text, pair in planned.items()}
    for text, pair in applied.items():
        before[text] = _before(text, before.get(text), found[text], planned.get(text), pair)
    return [one for one in (*before.values(), *found.values()) if one]


def _before(
    text: str,
    early: Difference | None,
    late: Difference | None,
    planned: tuple[Ours, Answer] | None,
    applied: tuple[Ours, Answer],
) -> Difference | None:
    """What is wrong with what was said while names were unknown, as seen once they are known."""
    if planned is None:
        return None
    ours, answer = planned
    if isinstance(ours, EvaluationError):  # Terraform may see it later
        return early if early and not applied[1].failed else None
    if answer.refused and not late and early:
        if missing(ours) and applied[1].failed:
            return Difference("less", early.text)
        # Refused by `validate`, to which the type of a resource's attribute is not known yet.
        return early if applied[1].failed else None
    if early or answer.unknown is False or applied[1].failed or fits(ours, applied[1].value, loosely=True):
        return early
    return Difference("wrong", f"{text}\n    was {shown(ours)} while unknown\n    Terraform: {applied[1]}")


def _compared(workspace: Workspace, texts: Sequence[str], *, known: bool) -> Mapping[str, tuple[Ours, Answer]]:
    scope = surroundings(known=known)
    ours = {text: judged(text, scope) for text in texts}
    # What lasts is a limit, which Terraform does not have, or an infinity, which it cannot write into its plan.
    ours = {text: value for text, value in ours.items() if not isinstance(value, EvaluationError) or not value.lasting}
    questions = [
        Question(text, isinstance(value, EvaluationError), isinstance(value, Value) and is_sensitive(value))
        for text, value in ours.items()
    ]
    answers = ask(workspace, preamble(known=known), questions)
    return {text: (ours[text], answer) for text, answer in zip(ours, answers, strict=True)}


def _difference(text: str, ours: Ours, answer: Answer) -> Difference | None:
    if isinstance(ours, EvaluationError):
        fails = f"{text}\n    fails: {ours.message}\n    Terraform: {answer}"
        return None if answer.failed else Difference("wrong", fails)
    verdict = "wrong" if answer.refused else agreement(ours, answer.value, answer.unknown)
    if verdict != "same":
        return Difference(verdict, f"{text}\n    is {shown(ours)}\n    Terraform: {answer}")
    if (
        answer.type is not None
        and answer.unknown is False
        and ours.data is not None
        and type_of(ours.type) != answer.type
    ):
        return Difference("wrong", f"{text}\n    has type {type_of(ours.type)}\n    Terraform: {answer.type}")
    return None


def shown(value: Value) -> str:
    """A value for people."""
    if isinstance(value.data, Mapping):
        return "{" + ", ".join(f"{key} = {shown(part)}" for key, part in value.data.items()) + "}"
    if isinstance(value.data, tuple):
        return "[" + ", ".join(map(shown, value.data)) + "]"
    return str(value.data)
