"""The house: its shape, its layers, its documents."""

from __future__ import annotations

import ast
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from configparser import ConfigParser
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
HALVES = ("generator/iamgen", "rules/iamgen_rules")
PURE = ("source", "errors", "policy", "provider", "account", "plan")
THIRD_PARTY = ("click", "hcl2", "jinja2", "lark", "pydantic", "pydantic_core", "re2", "regex", "yaml")
_LINES_IN_FILE = 250
_LINES_IN_FUNCTION = 40
_IGNORED = re.compile(
    r"(^|/)(\.venv[^/]*|\.node-[a-z]+|node_modules|\.git|\.terraform|__pycache__|build|dist|\.[a-z_]+_cache|\.hypothesis)(/|$)"
)
_BLOCKED = """
import sys
from importlib import import_module
for name in {blocked!r}:
    sys.modules[name] = None
import_module({module!r})
"""


@cache
def tracked() -> tuple[str, ...]:
    """Every file of the project; those that git knows or would add, where there is git."""
    if (ROOT / ".git").exists() and shutil.which("git"):
        command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
        said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
        return tuple(sorted(name for name in said.splitlines() if (ROOT / name).is_file()))
    names = (path.relative_to(ROOT).as_posix() for path in ROOT.rglob("*") if path.is_file())
    return tuple(sorted(name for name in names if not _IGNORED.search(name)))


def read(name: str) -> str:
    """The text of a file of the project; empty where it is not text."""
    try:
        return (ROOT / name).read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def python() -> list[str]:
    """The Python files of both halves."""
    return [name for name in tracked() if name.endswith(".py") and name.startswith(HALVES)]


def written() -> list[str]:
    """All Python files that somebody reads and changes: of both halves, of the tests and what else there is."""
    return [name for name in tracked() if name.endswith(".py")]


def documents() -> list[str]:
    """The project's own documents; those of the modules are rendered."""
    return [name for name in tracked() if name.endswith(".md") and "templates/" not in name]


def settings() -> ConfigParser:
    """setup.cfg."""
    parser = ConfigParser(interpolation=None)
    parser.read_string(read("setup.cfg"))
    return parser


def words(value: str) -> list[str]:
    """The lines of a list in setup.cfg."""
    return [line.strip() for line in value.splitlines() if line.strip()]


# Shape


@pytest.mark.parametrize("name", written())
def test_a_file_is_short(name: str) -> None:
    assert len(read(name).splitlines()) <= _LINES_IN_FILE


@pytest.mark.parametrize("name", python())
def test_functions_are_short(name: str) -> None:
    functions = [node for node in ast.walk(ast.parse(read(name))) if isinstance(node, ast.FunctionDef)]
    lengths = {node.name: (node.end_lineno or node.lineno) - node.lineno + 1 for node in functions}
    assert {function: length for function, length in lengths.items() if length > _LINES_IN_FUNCTION} == {}


@pytest.mark.parametrize("name", python())
def test_a_module_says_what_it_is(name: str) -> None:
    assert ast.get_docstring(ast.parse(read(name)))


# Layers, beside what import-linter sees


def imported(name: str) -> Iterator[str]:
    """The top-level packages that a file imports, wherever it does."""
    for node in ast.walk(ast.parse(read(name))):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield (node.module or "").split(".")[0]


@pytest.mark.parametrize("part", PURE)
def test_a_pure_part_imports_no_other_distribution(part: str) -> None:
    names = [name for name in python() if re.match(rf"rules/iamgen_rules/{part}(/|\.py$)", name)]
    foreign = {(name, top) for name in names for top in imported(name)} - {
        (name, top) for name in names for top in (*sys.stdlib_module_names, "iamgen_rules")
    }
    assert names
    assert foreign == set()


@pytest.mark.parametrize("module", ["iamgen_rules", *(f"iamgen_rules.{part}" for part in PURE)])
def test_a_pure_part_loads_where_nothing_else_is_installed(module: str) -> None:
    program = _BLOCKED.format(blocked=THIRD_PARTY, module=module)
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.stderr == ""


# Documents


@pytest.mark.parametrize("name", documents())
def test_a_document_names_targets_that_make_has(name: str) -> None:
    targets = set(re.findall(r"^([a-z-]+):", read("Makefile"), re.MULTILINE))
    named = set(re.findall(r"(?:`|^|\$ )make ([a-z-]+)", read(name), re.MULTILINE))
    assert named - targets == set()


@pytest.mark.parametrize("name", documents())
def test_the_links_of_a_document_lead_somewhere(name: str) -> None:
    text = re.sub(r"```.*?```", "", read(name), flags=re.DOTALL)
    links = [link for link in re.findall(r"\]\(([^)\s]+)\)", text) if not re.match(r"[a-z]+:", link)]
    broken = [link for link in links if not leads_somewhere(ROOT / name, link)]
    assert broken == []


def leads_somewhere(document: Path, link: str) -> bool:
    """Whether a relative link names a file or folder, and a heading in it where it has an anchor."""
    path, _, anchor = link.partition("#")
    target = document if not path else document.parent / path
    if not anchor:
        return target.exists()
    headings = re.findall(r"^#+ (.*)$", target.read_text(encoding="utf-8"), re.MULTILINE)
    return anchor in {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_the_changelog_has_a_place_for_what_is_not_released() -> None:
    headings = re.findall(r"^## (.*)$", read("CHANGELOG.md"), re.MULTILINE)
    assert headings[0] == "Unreleased"


def test_the_design_gives_a_reason_for_every_dependency() -> None:
    packages = [name for folder in JUDGES for name in judge(folder)]
    needed = [*words(settings()["options"]["install_requires"]), *required("test"), *required("checkov"), *packages]
    names = {re.split(r"[\[<>=]", line)[0].lower() for line in needed}
    cells = re.findall(r"^\| ([^|]+) \| [^|]{10,} \|", read("DESIGN.md"), re.MULTILINE)
    assert names - {name.lower() for cell in cells for name in cell.split(", ")} == set()


def test_the_design_names_every_module() -> None:
    text = read("DESIGN.md")
    modules = {Path(name).stem for name in python() if len(Path(name).parts) == 3} - {"__init__", "__main__"}
    assert [module for module in sorted(modules) if not re.search(rf"\b{module}\b", text)] == []


JUDGES = ("tests/simulate", "tests/report/sarif")


def judge(folder: str) -> dict[str, str]:
    """The packages of an outside judge, with their versions."""
    found: dict[str, str] = json.loads(read(f"{folder}/package.json"))["dependencies"]
    return found


def required(name: str) -> list[str]:
    """The lines of a requirements file that name a package."""
    return [line for line in words(read(f"requirements/{name}.txt")) if line[0] not in "#-"]


@pytest.mark.parametrize("name", ["test", "checkov"])
def test_what_is_required_is_pinned_with_all_that_it_brings(name: str) -> None:
    pinned = {line.lower() for line in required(f"{name}-constraints")}
    assert [line for line in required(name) if re.sub(r"\[.*\]", "", line).lower() not in pinned] == []
    assert [line for line in pinned if not re.fullmatch(r"[\w.-]+==[\w.]+", line)] == []


@pytest.mark.parametrize("folder", JUDGES)
def test_a_judge_is_pinned_with_all_that_it_brings(folder: str) -> None:
    locked = json.loads(read(f"{folder}/package-lock.json"))["packages"]
    assert locked[""]["dependencies"] == judge(folder)
    assert {name: locked[f"node_modules/{name}"]["version"] for name in judge(folder)} == judge(folder)
    assert [name for name, package in locked.items() if name and "integrity" not in package] == []


_PLACES = (
    r"(?<![\w.$}])/(?:home|Users|root|work|opt|mnt|private)/\w",  # of one machine
    r"/tmp/\w",
    r"\b(?:pypi\.org|files\.pythonhosted\.org|registry\.npmjs\.org|registry\.terraform\.io|registry\.opentofu\.org|proxy\.golang\.org)\b",
    r"--(?:extra-)?index-url|--find-links|\bfile:///",
    r"\.\./shared",
)


@pytest.mark.parametrize("pattern", _PLACES)
def test_no_file_names_a_place_of_one_machine(pattern: str) -> None:
    own = ("tests/test_house.py", ".ci/run")
    assert [name for name in tracked() if name not in own and re.search(pattern, read(name))] == []
