"""What is installed is what the source tree holds: no package and no data file is missing, none is left over."""

from __future__ import annotations

import sys
from importlib import import_module, metadata
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = {"iamgen": ROOT / "generator" / "iamgen", "iamgen_rules": ROOT / "rules" / "iamgen_rules"}
_COMPILED = "__pycache__"


def in_tree(name: str) -> dict[str, bytes]:
    """Path below site-packages → content, of every file of a package in the source tree."""
    folder = PACKAGES[name]
    files = [path for path in folder.rglob("*") if path.is_file() and _COMPILED not in path.parts]
    return {f"{name}/{path.relative_to(folder).as_posix()}": path.read_bytes() for path in files}


def installed(name: str) -> dict[str, bytes]:
    """The same, of what the installed distribution lists as its own."""
    files = metadata.files("iamgen") or []
    return {
        file.as_posix(): Path(str(file.locate())).read_bytes()
        for file in files
        if file.parts[0] == name and _COMPILED not in file.parts
    }


@pytest.mark.parametrize("name", PACKAGES)
def test_every_file_of_the_tree_is_installed_and_nothing_else(name: str) -> None:
    assert sorted(installed(name)) == sorted(in_tree(name))


@pytest.mark.parametrize("name", PACKAGES)
def test_every_installed_file_is_the_one_of_the_tree(name: str) -> None:
    tree = in_tree(name)
    assert [path for path, content in installed(name).items() if tree.get(path) != content] == []


@pytest.mark.parametrize("name", PACKAGES)
def test_every_folder_with_python_is_a_package_and_declares_its_types(name: str) -> None:
    folders = {path.parent for path in PACKAGES[name].rglob("*.py")}
    assert [folder for folder in folders if not (folder / "__init__.py").exists()] == []
    assert (PACKAGES[name] / "py.typed").exists()


@pytest.mark.parametrize("name", PACKAGES)
def test_the_tests_import_what_is_installed(name: str) -> None:
    file = import_module(name).__file__
    assert file is not None
    assert Path(file).is_relative_to(sys.prefix)
    assert not Path(file).is_relative_to(PACKAGES[name])


def test_nothing_else_is_at_the_top_of_site_packages() -> None:
    tops = {file.parts[0] for file in metadata.files("iamgen") or [] if file.parts[0] != ".."}
    assert {top for top in tops if not top.endswith(".dist-info")} == set(PACKAGES)


def test_the_program_is_installed() -> None:
    scripts = metadata.entry_points(group="console_scripts", name="iamgen")
    assert [script.value for script in scripts] == ["iamgen.cli.main:main"]
