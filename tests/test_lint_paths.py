"""Linting: which paths are read as what, which root modules there are, and what is told of what cannot be read."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from pathlib import Path

import pytest

from iamgen_rules import lint
from iamgen_rules.engine.exits import exit_code
from iamgen_rules.settings import RootSetting, Settings
from iamgen_rules.terraform.inputs import Assigned, ValuesFile
from iamgen_rules.terraform.read import Options
from lint_cases import TODAY, administrator, errors, found, gated, linted, plant, verdicts
from plan.made import change, plan, state

OPEN = administrator("alice")
MODULE = 'variable "name" {}\n' + OPEN.replace('"alice"\n}', "var.name\n}")
PLAN = plan(
    [
        change("aws_iam_user.alice", {"name": "alice", "path": "/"}),
        change(
            "aws_iam_user_policy_attachment.alice",
            {"user": "alice", "policy_arn": "arn:aws:iam::aws:policy/AdministratorAccess"},
        ),
    ]
)


@pytest.mark.parametrize("path", [".", "infra", "infra/main.tf", "./infra/", "infra/../infra"])
def test_a_folder_or_a_file_in_it_is_the_root_module(tmp_path: Path, path: str) -> None:
    plant(tmp_path, {"infra/main.tf": OPEN})
    report = linted(tmp_path, path)
    assert found(report) == ["infra/main.tf:7 IAM001 alice"]
    assert (report.files, errors(report)) == (1, [])


def test_an_absolute_path_is_shown_as_it_is_given(tmp_path: Path) -> None:
    plant(tmp_path, {"main.tf": OPEN})
    assert found(linted(tmp_path, str(tmp_path))) == [f"{tmp_path}/main.tf:7 IAM001 alice"]


@pytest.mark.parametrize(
    ("files", "path", "told"),
    [
        ({"a.txt": ""}, ".", [".: there is no Terraform"]),
        ({}, "gone", ["gone: does not exist"]),
        ({"main.tf": 'module "m" {\n  source = "./m"\n}\n', "m/main.tf": OPEN}, "m", ["m: no root module"]),
        ({"plan.json": "{}"}, "plan.json", ["plan.json: neither a plan nor a state"]),
    ],
)
def test_where_nothing_is_checked_it_says_why(
    tmp_path: Path, files: dict[str, str], path: str, told: Sequence[str]
) -> None:
    report = linted(plant(tmp_path, files), path)
    assert [said[: len(start)] for said, start in zip(errors(report), told, strict=True)] == told
    assert exit_code(report, Settings(TODAY)) == 2


def test_terraform_without_iam_is_clean(tmp_path: Path) -> None:
    report = linted(plant(tmp_path, {"main.tf": 'resource "aws_s3_bucket" "b" {}\n'}))
    assert (report.principals, report.findings, report.files) == ((), (), 1)
    assert exit_code(report, Settings(TODAY)) == 0


def test_what_cannot_be_read_costs_nothing_else(tmp_path: Path) -> None:
    report = linted(plant(tmp_path, {"good/main.tf": OPEN, "bad/main.tf": 'resource "aws_iam_user" {\n'}), ".", "gone")
    assert found(report) == ["good/main.tf:7 IAM001 alice"]
    assert [said.partition(":")[0] for said in errors(report)] == ["bad/main.tf", "gone"]
    assert exit_code(report, Settings(TODAY)) == 2


def test_a_module_is_judged_where_it_is_called(tmp_path: Path) -> None:
    call = 'module "{0}" {{\n  source = "../m"\n  name   = "{0}"\n}}\n'
    files = {"m/main.tf": MODULE, "one/main.tf": call.format("ann"), "two/main.tf": call.format("bob")}
    report = linted(plant(tmp_path, files))
    assert found(report) == ["m/main.tf:8 IAM001 ann", "m/main.tf:8 IAM001 bob"]
    assert len(report.findings) == 1
    assert report.roots == ("one", "two")


def test_a_module_that_is_not_installed_is_named_and_no_error_where_something_is_judged(tmp_path: Path) -> None:
    report = linted(plant(tmp_path, {"main.tf": gated("alice") + 'module "m" {\n  source = "acme/m/aws"\n}\n'}))
    assert (report.uninstalled, errors(report)) == (("acme/m/aws",), [])
    assert exit_code(report, Settings(TODAY)) == 0
    assert exit_code(report, Settings(TODAY, strict=True)) == 1


# --- what is given


ENVIRONMENTS = {
    "infra/main.tf": 'variable "names" { type = set(string) }\nresource "aws_iam_user" "u" {\n'
    '  for_each = var.names\n  name = "${each.key}-${terraform.workspace}"\n}\n',
    "infra/prod.tfvars": 'names = ["ann"]\n',
    "infra/test.tfvars": 'names = ["bob"]\n',
}


def test_one_folder_with_several_environments(tmp_path: Path) -> None:
    roots = [
        RootSetting("infra", ("prod.tfvars",), name="prod"),
        RootSetting("infra", ("test.tfvars",), workspace="t"),
    ]
    report = linted(plant(tmp_path, ENVIRONMENTS), roots=roots)
    assert {(one.root, one.address, one.name) for one in report.principals} == {
        ("prod", 'aws_iam_user.u["ann"]', "ann-default"),
        ("infra (t, test.tfvars)", 'aws_iam_user.u["bob"]', "bob-t"),
    }


def test_a_root_of_the_settings_is_one_though_another_calls_it(tmp_path: Path) -> None:
    files = {"m/main.tf": MODULE, "top/main.tf": 'module "m" {\n  source = "../m"\n  name = "ann"\n}\n'}
    report = linted(plant(tmp_path, files), "m", roots=[RootSetting("m"), RootSetting("top")])
    assert report.roots == ("m",)
    assert errors(report) == []


def test_variables_are_given_by_the_caller(tmp_path: Path) -> None:
    options = Options([ValuesFile("infra/prod.tfvars"), Assigned("names", '["eve"]')])
    report = linted(plant(tmp_path, ENVIRONMENTS), options=options)
    assert [one.name for one in report.principals] == ["eve-default"]


def test_a_variable_that_some_roots_declare_is_no_mistake(tmp_path: Path) -> None:
    files = {"one/main.tf": 'variable "a" {}\n', "two/main.tf": OPEN}
    given = Options([Assigned("a", "1"), Assigned("b", "2")])
    report = linted(plant(tmp_path, files), options=given)
    assert errors(report) == ["--var: b: there is no variable b in one", "--var: b: there is no variable b in two"]


def test_what_is_excluded_is_not_read(tmp_path: Path) -> None:
    files = {"a/main.tf": OPEN, "examples/b/main.tf": administrator("bob"), "c/main.tf": gated("carl")}
    plant(tmp_path, files)
    report = linted(tmp_path, exclude=["examples"], options=Options(exclude=["c"]))
    assert list(verdicts(report)) == ["a: aws_iam_user.alice"]


# --- plans


def test_a_plan_is_a_file_or_standard_input(tmp_path: Path) -> None:
    plant(tmp_path, {"plans/p.json": json.dumps(PLAN)})
    assert verdicts(linted(tmp_path, "plans/p.json")) == {"plans/p.json: aws_iam_user.alice": "ungated"}
    report = lint(["-"], Settings(TODAY), standard_input=json.dumps(PLAN).encode)
    assert verdicts(report) == {"<stdin>: aws_iam_user.alice": "ungated"}


def test_a_state_is_read_too(tmp_path: Path) -> None:
    plant(tmp_path, {"state.json": json.dumps(state())})
    report = linted(tmp_path, "state.json")
    assert (errors(report), report.files, report.principals) == ([], 1, ())


def test_findings_in_a_plan_stand_in_the_source_beside_it(tmp_path: Path) -> None:
    plant(tmp_path, {"infra/main.tf": OPEN, "infra/plan.json": json.dumps(PLAN)})
    assert found(linted(tmp_path, "infra/plan.json")) == ["infra/main.tf:7 IAM001 alice"]


# --- order


def test_the_order_of_paths_changes_nothing(tmp_path: Path) -> None:
    files = {f"{name}/main.tf": administrator(name) for name in ("ann", "bob", "carl")}
    plant(tmp_path, {**files, "ann/plan.json": json.dumps(PLAN), "bad/main.tf": "resource {\n"})
    paths = ["ann", "bob", "./ann", "carl/main.tf", "ann/plan.json", "bad", "gone", "bob"]
    expected = linted(tmp_path, *paths)
    assert len(expected.findings) == 4
    for seed in range(4):
        assert linted(tmp_path, *random.Random(seed).sample(paths, len(paths))) == expected  # noqa: S311 - no secret


def test_what_is_below_another_path_is_judged_once(tmp_path: Path) -> None:
    (tmp_path / "a/b").mkdir(parents=True)
    (tmp_path / "a/b/main.tf").write_text(OPEN)
    (tmp_path / "a/main.tf").write_text(administrator("bob"))
    for paths in (["a", "a/b"], ["a/b", "a"]):
        assert list(verdicts(linted(tmp_path, *paths))) == ["a: aws_iam_user.bob", "a/b: aws_iam_user.alice"]
