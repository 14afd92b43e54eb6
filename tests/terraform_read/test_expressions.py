"""Expressions mean what they mean to Terraform: the tables in `expressions/` and `functions/`, and generated ones."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tf import Workspace

from .asked import lines_of
from .compared import differences, preamble
from .generated import Generator
from .surroundings import FILES

HERE = Path(__file__).parent
TABLES = sorted([*HERE.glob("expressions/*.txt"), *HERE.glob("functions/*.txt")])
GENERATED = 5_000


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    made = Workspace(tmp_path_factory.mktemp("expressions"))
    made.write({"main.tf": preamble(known=False)})
    made.init()
    shutil.copytree(FILES, made.folder, dirs_exist_ok=True)
    return made


@pytest.mark.parametrize("table", TABLES, ids=lambda table: f"{table.parent.name}/{table.stem}")
def test_an_expression_means_what_terraform_says(table: Path, workspace: Workspace) -> None:
    found = differences(workspace, list(lines_of(table.read_text(encoding="utf-8"))))
    assert not found, "\n".join(one.text for one in found)


def test_generated_expressions_mean_what_terraform_says(
    workspace: Workspace, record_property: Callable[[str, object], None]
) -> None:
    known, unknown = Generator(1), Generator(2, unknown=0.3)
    texts: dict[str, None] = {}
    while len(texts) < GENERATED:
        texts |= {known.expression(): None, unknown.expression(): None}
    found = differences(workspace, list(texts))
    wrong = [one.text for one in found if one.kind == "wrong"]
    assert not wrong, f"{len(wrong)}\n" + "\n".join(wrong[:20])
    assert len(found) <= len(texts) * 0.005, "\n".join(one.text for one in found[:20])
    record_property("judged", f"{len(texts)} expressions, {len(found)} of them less known than to Terraform")
