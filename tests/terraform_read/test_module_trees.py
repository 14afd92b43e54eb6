"""Terraform as the judge of module trees at random: one plan for all of them, and what of it is known.

IAMGEN_MODULE_TREES=60 tries more.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from iamgen_rules.terraform.read import Root, read
from moto_iam import moto
from tf import Workspace

from .judge import differences, planned
from .module_trees import Files, module_trees
from .trees import plant

FEWEST = 20
TREES = int(os.environ.get("IAMGEN_MODULE_TREES", "20"))
_PROVIDER = """
terraform {
  required_providers {
    aws = { source = "hashicorp/aws", version = "~> 5.0" }
  }
}
provider "aws" {}
"""


@dataclass(frozen=True, repr=False)
class Judged:
    """What reading the root says, and what Terraform plans; neither is of a size to print where a test fails."""

    root: Root
    plan: Mapping[str, Any]


def made() -> list[Files]:
    """Trees, the same every time."""
    found: list[Files] = []

    @settings(max_examples=2 * TREES, phases=[Phase.generate], suppress_health_check=[HealthCheck.too_slow])
    @given(module_trees())
    def collect(files: Files) -> None:
        if files not in found and len(found) < TREES:
            found.append(files)

    collect()
    return found


def call(number: int) -> str:
    return f'module "t{number}" {{\n  source = "./t{number}/top"\n  prefix = "t{number}"\n}}\n'


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> Judged:
    """Twenty trees in one root."""
    folder = tmp_path_factory.mktemp("trees")
    trees = made()
    assert len(trees) >= FEWEST
    plant(folder, {"main.tf": _PROVIDER + "".join(call(number) for number in range(len(trees)))})
    for number, files in enumerate(trees):
        plant(folder / f"t{number}", files)
    (root,) = read([str(folder)]).roots
    with moto(tmp_path_factory.mktemp("moto")) as server:
        workspace = Workspace(folder, server.environment())
        workspace.init()
        return Judged(root, workspace.planned("-parallelism=30"))


def known(plan: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """The instances of a plan, with the attributes of which all is known before the apply."""
    unknown = {change["address"]: change["change"].get("after_unknown", {}) for change in plan["resource_changes"]}
    found: dict[str, dict[str, Any]] = {}
    for address, one in planned(plan).items():
        without = {name for name, part in unknown.get(address, {}).items() if is_open(part)}
        found[address] = {"values": {k: v for k, v in one.get("values", {}).items() if k not in without}}
    return found


def is_open(unknown: Any) -> bool:
    """Whether something is marked as unknown."""
    if isinstance(unknown, dict):
        return any(map(is_open, unknown.values()))
    return any(map(is_open, unknown)) if isinstance(unknown, list) else unknown is True


def test_the_instances_of_the_trees_are_terraforms(judged: Judged) -> None:
    assert sorted(one.address for one in judged.root.resources) == sorted(planned(judged.plan))
    assert [str(problem) for problem in judged.root.problems] == []


def test_what_is_known_of_them_is_terraforms(judged: Judged) -> None:
    theirs = known(judged.plan)
    found = [
        line for one in judged.root.resources if one.address in theirs for line in differences(one, theirs[one.address])
    ]
    assert not found, "\n".join(found)


def test_the_trees_have_what_they_are_made_for(judged: Judged) -> None:
    """Modules in modules, by count and by key; instances of every kind."""
    addresses = [one.address for one in judged.root.resources]
    assert any(address.count("module.") > 2 for address in addresses)
    for piece in (
        'module.m0["',
        "module.m0[0]",
        "module.m1.",
        "aws_iam_role_policy.own[1]",
        "data.",
        "group_membership.m",
    ):
        assert any(piece in address for address in addresses), piece
