"""Another evaluator: trivy's, which `tfparse` gives to Python, finds the same instances, or it is said why not."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
import tfparse

from iamgen_rules.terraform.aws.schema import is_relevant
from iamgen_rules.terraform.read import read

from .trees import parts, plant, trees

ROOT = Path(__file__).resolve().parents[2]
MODULES = dict(trees(Path(__file__).parent / "judged"))
EXAMPLES = sorted(ROOT.glob("modules/*/examples/complete"))
# What trivy does not find, by address; each has a reason.
EXPLAINED: Mapping[str, str] = {
    "aws_iam_group_policy_attachment.all": "the ARN of a policy that AWS manages is nothing that it looks up",
}


def _theirs(folder: Path) -> set[str]:
    found = tfparse.load_from_path(str(folder))
    return {
        block["__tfmeta"]["path"]
        for kind, blocks in found.items()
        for block in blocks
        if is_relevant("data" if ".data." in f".{block['__tfmeta']['path']}" else "resource", kind)
    }


def _ours(folder: Path) -> set[str]:
    (root,) = read([str(folder)]).roots
    return {one.address for one in root.resources}


@pytest.mark.parametrize("name", MODULES)
def test_trivy_finds_the_same_instances(name: str, tmp_path: Path) -> None:
    plant(tmp_path, parts(MODULES[name]))
    ours, theirs = _ours(tmp_path), _theirs(tmp_path)
    assert theirs - ours == set()
    assert {address.partition("[")[0] for address in ours - theirs} <= EXPLAINED.keys()


@pytest.mark.parametrize("folder", EXAMPLES, ids=lambda folder: folder.parts[-3])
def test_trivy_finds_the_same_in_our_modules(folder: Path) -> None:
    assert _ours(folder) == _theirs(folder)
