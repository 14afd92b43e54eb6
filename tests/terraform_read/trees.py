"""Trees of configuration written as one text, and what is expected of reading them.

    --- main.tf
    …
    --- expected
    module.a.aws_iam_user.this["alice"]
      name = "alice"
      missing = var.create
    ! main.tf:3:5: what is wrong

All resources and all problems are listed, of a resource the attributes of interest. What is unknown stands as `?name?`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from iamgen_rules.account.resource import Plain, Resource, Written
from iamgen_rules.policy.text import Partial, Unknown
from iamgen_rules.terraform.read import Root

_FILE = re.compile(r"^--- (.+)\n", re.MULTILINE)
EXPECTED = "expected"


@dataclass
class Expected:
    """What reading should give."""

    resources: dict[str, dict[str, Any]] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)


def parts(text: str) -> dict[str, str]:
    """The files in a text, by path."""
    _, *found = _FILE.split(text)
    return dict(zip(found[::2], found[1::2], strict=True))


def plant(folder: Path, files: Mapping[str, str]) -> None:
    """Write files."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())


def expected(text: str) -> Expected:
    """What a text of expectations says."""
    found = Expected()
    address = ""
    for line in text.splitlines():
        if line.startswith("! "):
            found.problems.append(line[2:])
        elif line.startswith("  "):
            name, _, value = line.strip().partition(" = ")
            found.resources[address][name] = value if name in ("missing", "provider", "place") else json.loads(value)
        elif line:
            address = line
            found.resources[address] = {}
    return found


def actual(root: Root, wanted: Expected) -> Expected:
    """What was read, of the same attributes."""
    found = Expected(problems=[str(problem) for problem in root.problems])
    for resource in root.resources:
        names = wanted.resources.get(resource.address, {})
        found.resources[resource.address] = {name: _of(resource, name) for name in names}
    return found


def _of(resource: Resource, name: str) -> Any:
    if name == "missing":
        return ", ".join(sorted(resource.missing)) or "-"
    if name == "place":
        return str(resource.place)
    return resource.provider if name == "provider" else shown(resource.values.get(name))


def shown(value: Plain) -> Any:
    """Plain data as JSON has it, unknown pieces between question marks."""
    if isinstance(value, Written):
        return shown(value.text)
    if isinstance(value, Unknown):
        return f"?{value.name}?"
    if isinstance(value, Partial):
        return "".join(part if isinstance(part, str) else f"?{part.name}?" for part in value.parts)
    if isinstance(value, Mapping):
        return {key: shown(part) for key, part in value.items()}
    return [shown(part) for part in value] if isinstance(value, tuple | list) else value


def trees(folder: Path) -> Iterator[tuple[str, str]]:
    """The trees in the files of a folder, by name: `=== name` begins one."""
    for path in sorted(folder.glob("*.txt")):
        _, *found = re.split(r"^=== (.+)\n", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
        yield from zip((f"{path.stem}: {name}" for name in found[::2]), found[1::2], strict=True)
