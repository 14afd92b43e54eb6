"""Terraform as the judge of what needs a root of its own: what it plans, as far as it is known then."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from iamgen_rules.terraform.read import read
from moto_iam import Moto, moto
from tf import Workspace

from .judge import differences, planned
from .trees import parts, plant, trees

ROOTS = dict(trees(Path(__file__).parent / "alone"))
_REQUIRED = 'terraform {\n  required_providers {\n    aws = { source = "hashicorp/aws", version = "~> 5.0" }\n  }\n}\n'


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Moto]:
    with moto(tmp_path_factory.mktemp("moto")) as running:
        yield running


@pytest.mark.parametrize("name", ROOTS)
def test_a_root_is_what_terraform_plans(name: str, server: Moto, tmp_path: Path) -> None:
    plant(tmp_path, {**parts(ROOTS[name]), "versions.tf": _REQUIRED})
    (root,) = read([str(tmp_path)]).roots
    workspace = Workspace(tmp_path, server.environment())
    workspace.init()
    plan = planned(workspace.planned())
    assert sorted(one.address for one in root.resources) == sorted(plan)
    found = [line for one in root.resources for line in differences(one, plan[one.address])]
    assert not found, "\n".join(found)
    assert not root.problems
