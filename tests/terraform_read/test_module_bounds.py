"""Configuration that would be endless: an error at the place, in bounded time, and the rest is read."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from time import process_time

import pytest

from iamgen_rules.terraform.limits import Budget
from iamgen_rules.terraform.read import Root, read

from .trees import plant

USER = 'resource "aws_iam_user" "u" {\n  name = "u"\n}\n'
_SECONDS = 20  # of the processor: each takes one or two


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def root(folder: Path, files: dict[str, str]) -> Root:
    plant(folder, files)
    started = process_time()
    (found,) = read(["."]).roots
    assert process_time() - started < _SECONDS
    return found


def call(name: str, source: str, more: str = "") -> str:
    return f'module "{name}" {{\n  source = "{source}"\n  {more}\n}}\n'


def test_a_module_a_thousand_million_times(folder: Path) -> None:
    found = root(folder, {"main.tf": USER + call("m", "./m", "count = 1000000000"), "m/main.tf": USER})
    assert [resource.address for resource in found.resources] == ["aws_iam_user.u", "module.m[?].aws_iam_user.u"]
    assert [str(problem) for problem in found.problems] == ["main.tf:6:11: a collection of more than 100,000 elements"]


def test_modules_that_multiply(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("iamgen_rules.terraform.read.Budget", partial(Budget, most_steps=20_000))
    files = {f"m{n}/main.tf": call("a", f"../m{n + 1}", "count = 100") for n in range(5)}
    found = root(folder, {"main.tf": USER + call("a", "./m0"), "m5/main.tf": USER} | files)
    assert len(found.resources) > 20
    assert [str(problem) for problem in found.problems] == [
        ".: the root module takes more than 20,000 steps to evaluate: the rest is not read"
    ]


def test_local_values_in_a_chain_without_end(folder: Path) -> None:
    chain = "".join(f"  v{n} = local.v{n + 1}\n" for n in range(3000))
    user = 'resource "aws_iam_user" "v" {\n  name = "x${local.v0}"\n}\n'
    found = root(folder, {"main.tf": f"locals {{\n{chain}  v3000 = 1\n}}\n{user}{USER}"})
    (problem,) = found.problems
    assert problem.message == "nested more than 1000 deep"
    assert len(found.resources) == 2


def test_resources_in_a_chain_without_end(folder: Path) -> None:
    users = "".join(
        f'resource "aws_iam_user" "u{n}" {{\n  name = aws_iam_user.u{n + 1}.name\n}}\n' for n in range(1100)
    )
    found = root(folder, {"main.tf": users + 'resource "aws_iam_user" "u1100" {\n  name = "last"\n}\n'})
    assert {problem.message for problem in found.problems} == {"nested more than 1000 deep"}
    assert found.resources[-2].values["name"] == found.resources[-1].values["name"] == "last"


def test_modules_in_modules_without_end(folder: Path) -> None:
    files = {f"m{n}/main.tf": USER + call("m", f"../m{n + 1}") for n in range(100)}
    found = root(folder, {"main.tf": call("m", "./m0"), "m100/main.tf": USER} | files)
    assert len(found.resources) == 50
    assert [problem.message for problem in found.problems] == ["modules are nested more than 50 deep"]


def test_twice_the_instances_take_twice_the_steps(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    budgets: list[Budget] = []

    def budget(**settings: int) -> Budget:
        budgets.append(Budget(**settings))
        return budgets[-1]

    monkeypatch.setattr("iamgen_rules.terraform.read.Budget", budget)
    for number in (100, 200):
        text = 'resource "aws_iam_user" "u" {\n  count = NUMBER\n  name = "u${count.index}"\n}\n'
        assert len(root(folder, {"main.tf": text.replace("NUMBER", str(number))}).resources) == number
    once, twice = (one.steps for one in budgets)
    assert once < twice <= 2 * once
