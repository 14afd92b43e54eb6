"""Terraform in the tests: a folder with files, the commands on it, and what they said as data."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from needs import need

_FAST = {"GOGC": "300", "CHECKPOINT_DISABLE": "1", "TF_IN_AUTOMATION": "1"}
_KEPT = ("TF_CLI_CONFIG_FILE", "TF_PLUGIN_CACHE_DIR")


class TerraformError(AssertionError):
    """A command that failed; its text is what Terraform said."""


@dataclass(frozen=True)
class Step:
    """Something that an apply did to a resource: `done` is false when it began, true when it ended."""

    action: str
    address: str
    done: bool


@dataclass(frozen=True)
class Change:
    """Something that a plan wants: create, update, replace, delete, noop; or adopt what exists."""

    action: str
    address: str
    imports: bool


@dataclass(frozen=True)
class Report:
    """What a command with `-json` said, line by line."""

    messages: Sequence[Mapping[str, Any]]

    def _of(self, kind: str) -> list[Mapping[str, Any]]:
        return [message for message in self.messages if message["type"] == kind]

    @cached_property
    def changes(self) -> list[Change]:
        """What was planned."""
        planned = [message["change"] for message in self._of("planned_change")]
        return [Change(change["action"], change["resource"]["addr"], "importing" in change) for change in planned]

    @cached_property
    def steps(self) -> list[Step]:
        """What was applied, in order."""
        hooks = [message for message in self.messages if message["type"] in ("apply_start", "apply_complete")]
        return [
            Step(hook["hook"]["action"], hook["hook"]["resource"]["addr"], hook["type"] == "apply_complete")
            for hook in hooks
        ]

    @cached_property
    def warnings(self) -> list[str]:
        """What it warned of."""
        found = [message["diagnostic"] for message in self._of("diagnostic")]
        return [f"{each['summary']}: {each['detail']}" for each in found if each["severity"] == "warning"]


@dataclass
class Workspace:
    """A folder where Terraform runs, with an environment that leads it to `moto`."""

    folder: Path
    environment: Mapping[str, str] = field(default_factory=dict)

    def write(self, files: Mapping[str, str]) -> None:
        """Make these the only Terraform files (outside hidden folders)."""
        for old in self.folder.rglob("*.tf"):
            if not any(part.startswith(".") for part in old.relative_to(self.folder).parts):
                old.unlink()
        for name, text in files.items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")

    def run(self, *arguments: str, allowed: Iterable[int] = (0,)) -> subprocess.CompletedProcess[str]:
        """Run terraform; raises TerraformError when it ends with a code that is not `allowed`."""
        kept = {
            name: value for name, value in os.environ.items() if name in _KEPT or not name.startswith(("AWS_", "TF_"))
        }
        done = subprocess.run(
            [need("terraform"), *arguments],
            cwd=self.folder,
            env={**kept, **_FAST, **self.environment},
            capture_output=True,
            text=True,
            timeout=280,
            check=False,
        )
        if done.returncode not in allowed:
            raise TerraformError(f"terraform {' '.join(arguments)}: {done.returncode}\n{_complaints(done)}")
        return done

    def init(self) -> None:
        """Install providers and modules."""
        self.run("init", "-input=false", "-no-color")

    def validate(self) -> None:
        """Raise TerraformError for what is not valid."""
        self.run("validate", "-no-color")

    def unformatted(self) -> str:
        """What `terraform fmt` would change in all files below the folder, as a diff; empty where it is clean."""
        return self.run("fmt", "-check", "-diff", "-recursive", "-no-color", allowed=(0, 3)).stdout

    def plan(self, *arguments: str) -> Report:
        """What Terraform would do."""
        return _report(self.run("plan", "-json", "-input=false", *arguments))

    def planned(self, *arguments: str) -> Any:
        """The whole plan, as `terraform show -json` tells it."""
        self.run("plan", "-out=plan", "-input=false", *arguments)
        return json.loads(self.run("show", "-json", "plan").stdout)

    def apply(self, *arguments: str) -> Report:
        """Do it."""
        return _report(self.run("apply", "-json", "-input=false", "-auto-approve", "-parallelism=30", *arguments))

    def unfinished(self) -> list[Change]:
        """What a plan still wants after an apply, outputs aside; empty as it should be."""
        done = self.run("plan", "-json", "-detailed-exitcode", "-parallelism=30", allowed=(0, 2))
        report = _report(done)
        assert done.returncode == 0 or report.changes, f"outputs change: {done.stdout}"
        return report.changes

    def destroy(self) -> Report:
        """Take everything away."""
        return _report(self.run("destroy", "-json", "-auto-approve", "-parallelism=30", "-refresh=false"))

    def outputs(self) -> dict[str, Any]:
        """The outputs' values."""
        told = json.loads(self.run("output", "-json").stdout)
        return {name: output["value"] for name, output in told.items()}


def _complaints(done: subprocess.CompletedProcess[str]) -> str:
    """The errors out of what was said in JSON, else all that was said."""
    lines = [json.loads(line) for line in done.stdout.splitlines() if line.startswith('{"@level"')]
    errors = [line["@message"] for line in lines if line["@level"] == "error"]
    return "\n".join(errors) or f"{done.stdout}\n{done.stderr}"


def _report(done: subprocess.CompletedProcess[str]) -> Report:
    return Report([json.loads(line) for line in done.stdout.splitlines()])
