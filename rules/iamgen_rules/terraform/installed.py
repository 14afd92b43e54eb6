"""Which directory holds the module that a call means: beside it, or installed by `terraform init`.

Source: "Module Sources" (Terraform documentation); what `terraform init` writes to `.terraform/modules`.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from iamgen_rules.terraform.evaluation_error import EvaluationError
from iamgen_rules.terraform.files import Repository

_LOCAL = ("./", "../")


def is_local(source: str) -> bool:
    """Whether a source is a path, from the folder of the module that calls."""
    return source.startswith(_LOCAL) or source in (".", "..")


@dataclass(frozen=True, slots=True)
class InstalledModule:
    """Where a module is, and its version; empty where it has none, as one out of git."""

    folder: str
    version: str


@dataclass(eq=False)
class Installed:
    """The modules that `terraform init` installed for the root module in `folder`."""

    repository: Repository
    folder: str
    unreadable: list[str] = field(default_factory=list)

    @property
    def path(self) -> str:
        """Where it is written which modules are installed."""
        return os.path.normpath(os.path.join(self.folder, ".terraform", "modules", "modules.json"))

    def module(self, calls: tuple[str, ...]) -> InstalledModule | None:
        """What is installed for a call, by the names that lead to it from the root on; None if nothing is."""
        return self._modules.get(".".join(calls))

    @cached_property
    def _modules(self) -> Mapping[str, InstalledModule]:
        try:
            listed = json.loads(self.repository.read(self.path))
        except EvaluationError as error:
            if error.lasting:
                self.unreadable.append(error.message)
            return {}
        except (ValueError, RecursionError):
            self.unreadable.append(f"{self.path} is not what terraform init writes")
            return {}
        return dict(self._entries(listed))

    def _entries(self, listed: Any) -> list[tuple[str, InstalledModule]]:
        modules = listed.get("Modules") if isinstance(listed, dict) else None
        found = [entry for entry in modules or () if isinstance(entry, dict)] if isinstance(modules, list) else []
        return [
            (entry["Key"], InstalledModule(os.path.normpath(os.path.join(self.folder, entry["Dir"])), _version(entry)))
            for entry in found
            if isinstance(entry.get("Key"), str) and isinstance(entry.get("Dir"), str) and "\0" not in entry["Dir"]
        ]


def _version(entry: Mapping[str, Any]) -> str:
    version = entry.get("Version", "")
    return version if isinstance(version, str) else ""
