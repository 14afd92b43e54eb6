"""The files that functions read, from the folder in which Terraform would run."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from iamgen_rules.terraform.evaluation_error import EvaluationError
from iamgen_rules.terraform.files import Kind, Repository
from iamgen_rules.terraform.glob import is_plain, matches, parts_of
from iamgen_rules.terraform.scope import Meter

_BYTES_OF_A_STEP = 64  # as long as one step takes
_UNREADABLE = re.compile("[\ud800-\udfff]")  # bytes of a name that are not UTF-8, as Python has them


@dataclass(frozen=True)
class RootFiles:
    """The `Files` of a root module that lies in the folder `start`.

    Source: "file", "fileexists", "fileset" (Terraform documentation); what Terraform 1.11 does where they are silent.
    """

    repository: Repository
    start: str
    meter: Meter

    def read(self, path: str) -> bytes:
        """The content of a file."""
        content = self.repository.read(self._from_start(path))
        self.meter.spend(1 + len(content) // _BYTES_OF_A_STEP)
        return content

    def exists(self, path: str) -> bool:
        """Whether there is such a file. Raises EvaluationError where it is something else."""
        whole = self._from_start(path)
        kind = self._kind(whole)
        if kind == "missing" and self._is_below_a_file(whole):
            raise EvaluationError(f"{path} would be inside of a file")
        if kind not in {"file", "missing"}:
            raise EvaluationError(f"{path} is a {kind}, not a file")
        return kind == "file"

    def matching(self, folder: str, pattern: str) -> list[str]:
        """`fileset`: the files below a folder that match, sorted, relative to it."""
        folder = os.path.join(self.start, folder)
        parts = parts_of(os.path.normpath(f"{folder}/{pattern}"))
        at, parts = ("/", parts[1:]) if parts[0] == "" else ("", parts)
        found = {path for path in self._glob(at, parts, ()) if self._is_file(path)}
        if any(_UNREADABLE.search(path) for path in found):
            raise EvaluationError(f"a name in {folder} is not UTF-8", lasting=True)
        return sorted(os.path.relpath(path, folder) for path in found)

    def shown(self, path: str) -> str:
        """The path as people will read it: from where they named the root module."""
        return os.path.normpath(os.path.join(self.start, path))

    def absolute(self, path: str) -> str:
        """`abspath`: without a look at what is there."""
        return "/" + os.path.abspath(os.path.join(self.start, path)).lstrip("/")

    def _from_start(self, path: str) -> str:
        if path.startswith("~"):
            raise EvaluationError(f"{path} is in someone's home, and not read", lasting=True)
        return self.shown(path)

    def _kind(self, path: str) -> Kind:
        self.meter.spend()
        return self.repository.kind(path or ".")

    def _is_below_a_file(self, path: str) -> bool:
        above = os.path.dirname(path)
        kind = self._kind(above)
        return kind == "file" or (kind == "missing" and self._is_below_a_file(above))

    def _is_file(self, path: str) -> bool:
        kind = self._kind(path)
        if kind in {"missing", "link"}:
            raise EvaluationError(f"the link {path} leads nowhere")
        return kind == "file"

    def _glob(self, folder: str, parts: Sequence[str], above: tuple[str, ...]) -> Iterator[str]:
        """The paths that match below a folder; `above` are the folders that it is in, behind all links."""
        plain = next((at for at, part in enumerate(parts) if not is_plain(part)), len(parts))
        folder, parts = os.path.join(folder, *parts[:plain]), parts[plain:]
        if not parts:
            yield from [folder] if self._is_there(folder) else []
        elif self._kind(folder) == "folder":
            yield from self._inside(folder, parts, self._entered(folder, above))

    def _inside(self, folder: str, parts: Sequence[str], above: tuple[str, ...]) -> Iterator[str]:
        names = self.repository.names(folder or ".")
        self.meter.spend(len(names))
        if parts[0] == "**":
            yield from self._deeper([os.path.join(folder, name) for name in names], parts, above)
            parts = parts[1:]
        if parts:
            for name in names:
                if matches(parts[0], name, self.meter.spend):
                    yield from self._glob(os.path.join(folder, name), parts[1:], above)

    def _deeper(self, paths: Sequence[str], parts: Sequence[str], above: tuple[str, ...]) -> Iterator[str]:
        """What matches `**` and all behind it in the folders of a folder; files, where nothing is behind it."""
        for path in paths:
            kind = self._kind(path)
            if kind == "folder":
                yield from self._inside(path, parts, self._entered(path, above))
            elif len(parts) == 1 and kind not in {"missing", "link"}:
                yield path

    def _is_there(self, path: str) -> bool:
        return self._kind(path) != "missing" or Path(path).is_symlink()

    def _entered(self, folder: str, above: tuple[str, ...]) -> tuple[str, ...]:
        real = self.repository.real(folder or ".")
        if real in above:
            raise EvaluationError(f"the link {folder} leads in a circle", lasting=True)
        return (*above, real)
