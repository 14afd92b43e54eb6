"""Expressions as real Terraform evaluates them: outputs of one root, out of `plan` and `show -json`.

Whatever is expected to fail is wrapped in `try(…, "<error>")`; a line that Terraform refuses even so is asked for
without it, and counts as failed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tf import TerraformError, Workspace

FAILED = "<error>"


@dataclass(frozen=True)
class Answer:
    """What Terraform said: the value (numbers as text), which of it is unknown, the type where it is wholly known.

    `refused` is its message where it would not plan at all with this expression.
    """

    value: Any = None
    unknown: Any = False
    type: Any = None
    refused: str = ""

    @property
    def failed(self) -> bool:
        return bool(self.refused) or self.value == FAILED


@dataclass(frozen=True)
class Question:
    """An expression, whether it is expected to fail, and whether its value is sensitive."""

    text: str
    fails: bool = False
    sensitive: bool = False

    @property
    def output(self) -> str:
        value = f'try({self.text}, "{FAILED}")' if self.fails else self.text
        return "{\n  value = " + value + ("\n  sensitive = true\n}" if self.sensitive else "\n}")


def ask(workspace: Workspace, preamble: str, questions: Sequence[Question]) -> list[Answer]:
    """Terraform's answers, one for each question."""
    refused: dict[int, str] = {}
    more: dict[int, str] = {}
    for _ in range(3):
        rest = [place for place in range(len(questions)) if place not in refused]
        more = _plan(workspace, preamble, {place: questions[place] for place in rest})
        if not more:
            answers = _answers(workspace)
            assert answers.keys() == set(rest)
            return [answers.get(place) or Answer(refused=refused[place]) for place in range(len(questions))]
        refused |= more
    raise AssertionError(f"Terraform goes on to refuse: {more}")


def _plan(workspace: Workspace, preamble: str, questions: Mapping[int, Question]) -> dict[int, str]:
    """Write the plan; the messages for the questions that it refuses, by their number, where it does."""
    lines: list[str] = []
    asked: dict[int, int] = {}
    for place, question in questions.items():
        for line in f'output "o{place}" {question.output}'.splitlines():
            lines.append(line)
            asked[len(lines)] = place
    workspace.write({"main.tf": preamble, "outputs.tf": "\n".join(lines) + "\n"})
    done = workspace.run("plan", "-json", "-input=false", "-out=plan", allowed=(0, 1))
    if done.returncode == 0:
        return {}
    return _refused(done.stdout, asked)


def _refused(said: str, asked: Mapping[int, int]) -> dict[int, str]:
    found: dict[int, str] = {}
    for line in said.splitlines():
        diagnostic = json.loads(line).get("diagnostic", {})
        if diagnostic.get("severity") != "error":
            continue
        place = diagnostic.get("range", {})
        if place.get("filename") != "outputs.tf":
            raise TerraformError(line)
        found[asked[place["start"]["line"]]] = f"{diagnostic['summary']}: {diagnostic['detail']}"
    return found


def _answers(workspace: Workspace) -> dict[int, Answer]:
    said = json.loads(workspace.run("show", "-json", "plan").stdout, parse_float=_Number, parse_int=_Number)
    types = {name: output.get("type") for name, output in said["planned_values"].get("outputs", {}).items()}
    return {
        int(name[1:]): Answer(change.get("after"), change["after_unknown"], types.get(name))
        for name, change in said["output_changes"].items()
    }


class _Number(str):
    """A number as it is written."""

    __slots__ = ()


def is_number(value: object) -> bool:
    """Whether a part of an answer is a number."""
    return isinstance(value, _Number)


def lines_of(text: str) -> Iterable[str]:
    """The expressions of a table: one a line, without comments."""
    return (line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#"))
