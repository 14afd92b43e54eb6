"""A folder of texts by key. Whatever goes wrong, there is no text; a folder that others can write to is not used."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

MOST_ENTRIES = 2_000
MOST_BYTES = 128 * 1024 * 1024  # of all entries; that of a root module has some 10 KB
_SUFFIX = ".json"


def user_folder(environment: Mapping[str, str]) -> Path | None:
    """Where programs keep for a user what they can do without; None where nobody says where that is."""
    if environment.get("XDG_CACHE_HOME"):
        return Path(environment["XDG_CACHE_HOME"]) / "iamgen"
    home = environment.get("HOME")
    within = ("Library", "Caches") if sys.platform == "darwin" else (".cache",)
    return Path(home, *within, "iamgen") if home else None


@dataclass(eq=False)
class Store:
    """Texts in a folder, each with a digest of itself, which tells when it is not whole."""

    folder: Path
    _changed: bool = False
    _ours: bool | None = None

    def get(self, key: str) -> str | None:
        """The text that was put there; None where there is none that can be relied on."""
        if not self._is_ours():
            return None
        path = self._path(key)
        try:
            said, _, text = path.read_text(encoding="utf-8").partition("\n")
            if said != digest(text):
                return None
            os.utime(path)  # what is asked for is kept longest
        except (OSError, ValueError):
            return None
        return text

    def put(self, key: str, text: str) -> None:
        """Keep a text, in one step: who reads at the same time gets the old one or the new one."""
        new = self._path(f"{key}.{os.urandom(8).hex()}").with_suffix(".tmp")
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._ours = None
            if not self._is_ours():
                return
            new.write_text(f"{digest(text)}\n{text}", encoding="utf-8")
            new.replace(self._path(key))
            self._changed = True
        except OSError:
            with suppress(OSError):
                new.unlink(missing_ok=True)

    def tidy(self) -> None:
        """Take away what was asked for longest ago, where there is too much; and what was never finished."""
        if not self._changed:
            return
        with suppress(OSError):
            found = sorted((one.stat().st_mtime_ns, one.stat().st_size, one) for one in self.folder.iterdir())
            kept, size = len(found), sum(size for _, size, _ in found)
            for _, length, path in found:
                if kept <= MOST_ENTRIES and size <= MOST_BYTES:
                    return
                path.unlink(missing_ok=True)
                kept, size = kept - 1, size - length

    def _path(self, key: str) -> Path:
        return self.folder / f"{key}{_SUFFIX}"

    def _is_ours(self) -> bool:
        if self._ours is None:
            try:
                status = self.folder.lstat()
            except (OSError, ValueError):
                return False
            others = stat.S_IMODE(status.st_mode) & (stat.S_IWGRP | stat.S_IWOTH)
            self._ours = stat.S_ISDIR(status.st_mode) and status.st_uid == os.geteuid() and not others
        return self._ours


def digest(text: str) -> str:
    """What tells one text from another."""
    return sha256(text.encode(errors="surrogatepass")).hexdigest()
