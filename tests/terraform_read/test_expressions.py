"""Expressions mean what they mean to Terraform: the tables in `expressions/` and `functions/`."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from iamgen_rules.terraform.convert import convert
from iamgen_rules.terraform.evaluate import evaluate
from iamgen_rules.terraform.evaluation_error import EvaluationError
from iamgen_rules.terraform.types import BOOL, DYNAMIC, NUMBER, STRING, list_of, map_of, object_of, set_of, tuple_of
from iamgen_rules.terraform.values import Value, is_sensitive, unknown
from tf import Workspace

from .agreement import agrees, fits, type_of
from .asked import Answer, Question, ask, lines_of
from .quick_parser import parse_expression
from .surroundings import FILES, Surroundings, value_of

HERE = Path(__file__).parent
TABLES = sorted([*HERE.glob("expressions/*.txt"), *HERE.glob("functions/*.txt")])

# Names that only the apply knows: their type, and what they are once they are known.
UNKNOWN = {
    "u_string": (STRING, '"value"'),
    "u_digits": (STRING, '"12"'),
    "u_number": (NUMBER, "3"),
    "u_bool": (BOOL, "true"),
    "u_list": (list_of(STRING), '["p", "q"]'),
    "u_set": (set_of(STRING), '["p", "q"]'),
    "u_map": (map_of(STRING), '{ a = "p", b = "q" }'),
    "u_tuple": (tuple_of([STRING, NUMBER]), '["p", 1]'),
    "u_object": (object_of({"a": STRING, "b": NUMBER}), '{a = "p", b = 1}'),
    "u_any": (DYNAMIC, '"value"'),
    "u_any_list": (DYNAMIC, '["p", "q"]'),
}
CONVERTED = {"list": "tolist(%s)", "set": "toset(%s)", "map": "tomap(%s)"}
PLANNED = """
resource "terraform_data" "id" {}
%s
locals {
%s
}
"""
RESOURCE = 'resource "terraform_data" "%s" { input = terraform_data.id.id == "" ? %s : %s }'


def typed(name: str) -> str:
    type_, text = UNKNOWN[name]
    return CONVERTED.get(type_.kind, "%s") % text


def preamble(*, known: bool) -> str:
    if known:
        return "locals {\n" + "\n".join(f"  {name} = {typed(name)}" for name in UNKNOWN) + "\n}\n"
    resources = [
        RESOURCE % (name, typed(name), typed(name)) for name, (type_, _) in UNKNOWN.items() if type_ != DYNAMIC
    ]
    names = [
        f"  {name} = " + ("jsondecode(terraform_data.id.id)" if type_ == DYNAMIC else f"terraform_data.{name}.output")
        for name, (type_, _) in UNKNOWN.items()
    ]
    return PLANNED % ("\n".join(resources), "\n".join(names))


def expressions(table: Path) -> list[str]:
    return list(lines_of(table.read_text(encoding="utf-8")))


def judged(text: str, scope: Surroundings) -> Value | EvaluationError:
    try:
        return evaluate(parse_expression(text), scope)
    except EvaluationError as error:
        return error


def scope(*, known: bool) -> Surroundings:
    plain = Surroundings()
    if known:
        values = {name: convert(value_of(text, plain), type_) for name, (type_, text) in UNKNOWN.items()}
    else:
        values = {name: unknown(type_, name) for name, (type_, _) in UNKNOWN.items()}
    return Surroundings(values)


def question(text: str, ours: Value | EvaluationError) -> Question:
    fails = isinstance(ours, EvaluationError)
    return Question(text, fails, isinstance(ours, Value) and is_sensitive(ours))


def complaint(text: str, ours: Value | EvaluationError, answer: Answer) -> str:
    """How a value differs from what Terraform plans; empty where it does not."""
    if isinstance(ours, EvaluationError):
        return "" if answer.failed else f"{text}\n    fails: {ours.message}\n    Terraform: {answer}"
    if answer.refused or not agrees(ours, answer.value, answer.unknown):
        return f"{text}\n    is {ours.data}\n    Terraform: {answer}"
    if (
        answer.type is not None
        and answer.unknown is False
        and ours.data is not None
        and type_of(ours.type) != answer.type
    ):
        return f"{text}\n    has type {type_of(ours.type)}\n    Terraform: {answer.type}"
    return ""


def compare(
    workspace: Workspace, texts: Sequence[str], *, known: bool
) -> Mapping[str, tuple[Value | EvaluationError, Answer]]:
    surroundings = scope(known=known)
    ours = {text: judged(text, surroundings) for text in texts}
    if not known:
        ours = {text: value for text, value in ours.items() if isinstance(value, Value) or "local.u_" not in text}
    answers = ask(workspace, preamble(known=known), [question(text, value) for text, value in ours.items()])
    return {text: (ours[text], answer) for text, answer in zip(ours, answers, strict=True)}


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    made = Workspace(tmp_path_factory.mktemp("expressions"))
    made.write({"main.tf": preamble(known=False)})
    made.init()
    shutil.copytree(FILES, made.folder, dirs_exist_ok=True)
    return made


def disagreements(workspace: Workspace, texts: Sequence[str]) -> list[str]:
    planned = compare(workspace, texts, known=False)
    applied = compare(workspace, [text for text in texts if "local.u_" in text], known=True)
    found = [complaint(text, *pair) for text, pair in [*planned.items(), *applied.items()]]
    for text, (_, answer) in applied.items():
        if text not in planned and not answer.failed:
            found.append(f"{text}\n    failed while unknown\n    Terraform: {answer}")
        ours = planned[text][0] if text in planned else None
        if not isinstance(ours, Value) or planned[text][1].unknown is False:
            continue
        if not answer.failed and not fits(ours, answer.value):
            found.append(f"{text}\n    was {ours.data} while unknown\n    Terraform: {answer}")
    return [one for one in found if one]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: f"{table.parent.name}/{table.stem}")
def test_an_expression_means_what_terraform_says(table: Path, workspace: Workspace) -> None:
    found = disagreements(workspace, expressions(table))
    assert not found, "\n".join(found)
