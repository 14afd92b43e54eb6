"""modules/ is what `iamgen modules` writes, and each README tells of its inputs and outputs."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import hcl2
import pytest

from iamgen import modules
from iamgen.render import render_modules

COMMITTED = Path(__file__).resolve().parent.parent / "modules"
FILES = render_modules()


def test_the_committed_modules_are_fresh() -> None:
    committed = {
        path.relative_to(COMMITTED).as_posix(): path.read_text(encoding="utf-8")
        for path in COMMITTED.rglob("*")
        if path.is_file() and ".terraform" not in path.as_posix()
    }
    assert committed == FILES, "run `make modules`"


def test_the_same_bytes_twice() -> None:
    assert render_modules() == FILES


@pytest.mark.parametrize("module", modules.NAMES)
def test_standard_structure(module: str) -> None:
    names = {path.removeprefix(f"{module}/") for path in FILES if path.startswith(f"{module}/")}
    assert names >= {"main.tf", "variables.tf", "outputs.tf", "versions.tf", "README.md", "examples/complete/main.tf"}
    assert any(re.fullmatch(r"tests/\w+\.tftest\.hcl", name) for name in names)


@pytest.mark.parametrize("module", modules.NAMES)
def test_readme_tables(module: str) -> None:
    readme = FILES[f"{module}/README.md"]
    inputs, outputs = (_rows(readme, heading) for heading in ("Inputs", "Outputs"))
    variables = _blocks(FILES[f"{module}/variables.tf"], "variable")
    assert {name: (row[1], row[2].strip("`")) for name, row in inputs.items()} == {
        name: (_plain(body["description"]), _plain(body["type"])) for name, body in variables.items()
    }
    assert {name for name, row in inputs.items() if row[3] == "required"} == {
        name for name, body in variables.items() if "default" not in body
    }
    declared = _blocks(FILES[f"{module}/outputs.tf"], "output")
    assert {name: row[1] for name, row in outputs.items()} == {
        name: _plain(body["description"]) for name, body in declared.items()
    }


@pytest.mark.parametrize("module", modules.NAMES)
def test_the_example_uses_every_input(module: str) -> None:
    example = FILES[f"{module}/examples/complete/main.tf"]
    calls = [body for body in _blocks(example, "module").values() if _plain(body["source"]) == "../.."]
    needless = {"create", "require_mfa", "description"}
    variables = _blocks(FILES[f"{module}/variables.tf"], "variable").keys() - needless
    assert variables - {key for body in calls for key in body} <= {"permissions_boundary"}


def test_typed_described_variables() -> None:
    for module in modules.NAMES:
        for name, body in _blocks(FILES[f"{module}/variables.tf"], "variable").items():
            assert {"type", "description"} <= body.keys(), f"{module}: {name}"


SOURCES = [
    ("./modules", "./modules/sudo-role"),
    ("../../lib/", "../../lib/sudo-role"),
    ("/srv/modules", "/srv/modules/sudo-role"),
    ("acme/iamgen/aws", "acme/iamgen/aws//modules/sudo-role"),
    ("app.terraform.io/acme/iamgen/aws", "app.terraform.io/acme/iamgen/aws//modules/sudo-role"),
    ("github.com/acme/iamgen", "github.com/acme/iamgen//sudo-role"),
    ("github.com/acme/iamgen//modules", "github.com/acme/iamgen//modules/sudo-role"),
    ("git::https://git.acme.example/iam.git", "git::https://git.acme.example/iam.git//sudo-role"),
    ("git::https://git.acme.example/iam.git?ref=v1", "git::https://git.acme.example/iam.git//sudo-role?ref=v1"),
    ("git::ssh://git@acme.example/iam.git//m?ref=v1", "git::ssh://git@acme.example/iam.git//m/sudo-role?ref=v1"),
    ("git@github.com:acme/iam.git//m", "git@github.com:acme/iam.git//m/sudo-role"),
]


@pytest.mark.parametrize(("source", "expected"), SOURCES)
def test_source_of_a_module(source: str, expected: str) -> None:
    assert modules.sources(source)["sudo-role"] == expected


def _rows(readme: str, heading: str) -> dict[str, list[str]]:
    table = readme.split(f"## {heading}\n")[1].split("\n## ", maxsplit=1)[0]
    rows = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in table.splitlines() if "`" in line]
    return {row[0].strip("`"): [cell.strip() for cell in row] for row in rows}


def _blocks(text: str, kind: str) -> dict[str, dict[str, Any]]:
    parsed: dict[str, list[dict[str, Any]]] = hcl2.loads(text)
    return {name.strip('"'): body for block in parsed.get(kind, []) for name, body in block.items()}


def _plain(value: str) -> str:
    return re.sub(r"^\$\{(.*)\}$", r"\1", value).strip('"')
