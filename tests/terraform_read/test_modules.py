"""Reading of root modules: each tree in `modules/` gives the resources and problems that it lists."""

from __future__ import annotations

from pathlib import Path

import pytest

from iamgen_rules.terraform.inputs import Assigned, ValuesFile
from iamgen_rules.terraform.read import Options, read

from .trees import EXPECTED, actual, expected, parts, plant, trees

TREES = dict(trees(Path(__file__).parent / "modules"))


@pytest.mark.parametrize("name", TREES)
def test_a_tree_gives_what_it_says(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = parts(TREES[name])
    wanted = expected(files.pop(EXPECTED))
    given = [_given(line) for line in files.pop("given", "").splitlines()]
    environment = dict(line.split("=", 1) for line in files.pop("environment", "").splitlines())
    plant(tmp_path, files)
    monkeypatch.chdir(tmp_path)
    reading = read(["."], Options(given=given, environment=environment))
    assert [root.folder for root in reading.roots] == ["."], reading
    assert actual(reading.roots[0], wanted) == wanted


def _given(line: str) -> Assigned | ValuesFile:
    kind, _, value = line.partition(" ")
    return ValuesFile(value) if kind == "--var-file" else Assigned(*value.split("=", 1))
