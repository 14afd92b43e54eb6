"""Terraform as the judge: modules of our own, applied to an IAM of moto's, are what reading them says."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from iamgen_rules.terraform.read import Root, read
from moto_iam import moto
from tf import Workspace

from .judge import applied, differences
from .trees import parts, plant, trees

MODULES = dict(trees(Path(__file__).parent / "judged"))
FEWEST = 40
_PROVIDERS = """
terraform {
  required_providers {
    aws = { source = "hashicorp/aws", version = "~> 5.0" }
  }
}
provider "aws" {}
provider "aws" {
  alias  = "gov"
  region = "us-gov-west-1"
}
"""
_ELSEWHERE = {"modules: another provider, in another partition"}


def _call(name: str) -> str:
    elsewhere = "\n  providers = { aws = aws.gov }" if name in _ELSEWHERE else ""
    return f'module "{_folder(name)}" {{\n  source = "./{_folder(name)}"{elsewhere}\n}}\n'


def _folder(name: str) -> str:
    return re.sub(r"\W+", "-", name)


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Root, dict[str, Any]]]:
    """What reading the root says, and what is in the state once it is applied."""
    folder = tmp_path_factory.mktemp("judged")
    plant(folder, {"main.tf": _PROVIDERS + "".join(map(_call, MODULES))})
    for name, text in MODULES.items():
        plant(folder / _folder(name), parts(text))
    (root,) = read([str(folder)]).roots
    with moto(tmp_path_factory.mktemp("moto")) as server:
        workspace = Workspace(folder, server.environment())
        workspace.init()
        workspace.apply()
        state = json.loads(workspace.run("show", "-json").stdout)
        yield root, applied(state)


def test_the_instances_are_terraforms(judged: tuple[Root, dict[str, Any]]) -> None:
    root, state = judged
    assert len(MODULES) >= FEWEST
    assert sorted(one.address for one in root.resources) == sorted(state)
    assert [str(problem) for problem in root.problems] == []


def test_the_attributes_are_terraforms(judged: tuple[Root, dict[str, Any]]) -> None:
    root, state = judged
    found = [line for one in root.resources if one.address in state for line in differences(one, state[one.address])]
    assert not found, "\n".join(found)
