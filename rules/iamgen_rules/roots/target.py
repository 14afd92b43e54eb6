"""What is judged by itself: a root module with what it is given, or the output of `terraform show -json`."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from iamgen_rules.errors import Problem
from iamgen_rules.source import Place

STANDARD_INPUT = "-"
MOST_BYTES = 128 * 1024 * 1024  # of a plan: `plan.input` says why
_CONFIGURATION = (".tf", ".tf.json", ".tofu", ".tofu.json")


@dataclass(frozen=True, slots=True)
class Target:
    """A root module in `folder`; with `data`, a plan or state beside whose source that folder may be.

    `name` is what it is called in what is reported. `start` is from where the repository around it is looked for.
    """

    name: str
    folder: str
    start: str
    var_files: tuple[str, ...] = ()
    workspace: str = ""
    data: bytes | None = None

    def key(self) -> list[object]:
        """All of it, in little."""
        data = None if self.data is None else sha256(self.data).hexdigest()
        return [self.name, self.folder, self.start, list(self.var_files), self.workspace, data]


def is_document(path: str) -> bool:
    """Whether a path is neither a folder nor a file of configuration."""
    return path == STANDARD_INPUT or (
        os.path.lexists(path) and not os.path.isdir(path) and not path.endswith(_CONFIGURATION)
    )


def document_of(path: str, standard_input: bytes) -> Target | Problem:
    """A plan or state by its path, or why it cannot be read."""
    if path == STANDARD_INPUT:
        return Target("<stdin>", ".", ".", data=standard_input)
    try:
        if stat.S_ISREG(os.stat(path).st_mode) and os.stat(path).st_size > MOST_BYTES:
            return Problem(Place(path), f"more than {MOST_BYTES // 1024 // 1024} MiB")
        with Path(path).open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        return Problem(Place(path), f"cannot be read: {error.strerror}")
    folder = os.path.dirname(path) or "."
    return Target(os.path.normpath(path), folder, folder, data=data)
