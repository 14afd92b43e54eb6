"""The one door to the files of a repository: nothing outside of it is read, and what was read is recorded."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Literal, NoReturn

from iamgen_rules.terraform.evaluation_error import EvaluationError

MOST_BYTES = 16 * 1024 * 1024  # of one file; configuration is smaller, and what is packed to be deployed has no IAM
MOST_NAMES = 100_000  # in one folder

Kind = Literal["file", "folder", "link", "device", "pipe", "socket", "missing"]
Question = Literal["content", "kind", "names"]

_KINDS: Mapping[int, Kind] = {
    stat.S_IFREG: "file",
    stat.S_IFDIR: "folder",
    stat.S_IFLNK: "link",  # all that lead somewhere are followed before: a circle, or put there a moment ago
    stat.S_IFCHR: "device",
    stat.S_IFBLK: "device",
    stat.S_IFIFO: "pipe",
    stat.S_IFSOCK: "socket",
}
_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK | os.O_NOCTTY


@dataclass
class Repository:
    """Reads below `top`, the nearest folder with `.git` around a given one, or that one itself.

    Links are followed as long as they stay inside; with `allow_outside` anywhere. Every method takes a path that is
    absolute, or relative to the working directory. `seen` is what the answers depend on: a digest of each file's
    content, of each folder's names with which of them are folders or links, and what a path is.
    """

    given: str | Path
    allow_outside: bool = False
    most_bytes: int = MOST_BYTES
    top: str = field(init=False)
    seen: dict[tuple[Question, str], str] = field(default_factory=dict, init=False)
    _stays_open: bool = field(default=False, init=False, repr=False)
    _open: tuple[str, int] | None = field(default=None, init=False, repr=False)

    def __post_init__(self) -> None:
        """Find the top."""
        start = Path(os.path.realpath(self.given))
        self.top = str(next((folder for folder in (start, *start.parents) if (folder / ".git").exists()), start))

    def read(self, path: str | Path) -> bytes:
        """The content of a file. Raises EvaluationError: a lasting one, but where there is no such file."""
        with self._noted("content", path), self._parent(path) as (folder, name):
            kind = _kind(os.stat(name, dir_fd=folder, follow_symlinks=False))
            if kind != "file":
                self.seen["kind", os.path.abspath(path)] = kind
                _refuse(path, kind)
            with os.fdopen(os.open(name, _FILE, dir_fd=folder), "rb") as file:
                self._check(path, os.fstat(file.fileno()))
                content = file.read(self.most_bytes + 1)
            if len(content) > self.most_bytes:
                self._too_large(path)
        self.seen["content", os.path.abspath(path)] = sha256(content).hexdigest()
        return content

    def kind(self, path: str | Path) -> Kind:
        """What is there, behind all links; "missing" where nothing is. Raises a lasting EvaluationError outside."""
        try:
            with self._noted("kind", path), self._parent(path) as (folder, name):
                kind = _kind(os.stat(name, dir_fd=folder, follow_symlinks=False))
        except EvaluationError as error:
            if error.lasting:
                raise
            return "missing"
        self.seen["kind", os.path.abspath(path)] = kind
        return kind

    def names(self, path: str | Path) -> list[str]:
        """The names in a folder, sorted. Raises EvaluationError: a lasting one, but where there is no such folder."""
        with self._noted("names", path):
            with self._parent(path) as (parent, name):
                folder = os.open(name, _FOLDER, dir_fd=parent)
                try:
                    entries = sorted(_entries(folder))
                except OSError:
                    os.close(folder)
                    raise
            self._leave(os.path.abspath(path), folder)
            if len(entries) > MOST_NAMES:
                raise EvaluationError(f"{path} has more than {MOST_NAMES:,} files", lasting=True)
        said = "\0".join(part for entry in entries for part in entry)
        self.seen["names", os.path.abspath(path)] = sha256(said.encode(errors="surrogateescape")).hexdigest()
        return [name for name, _ in entries]

    def real(self, path: str | Path) -> str:
        """The path behind all links. Raises a lasting EvaluationError outside."""
        if "\0" in str(path):
            raise EvaluationError("a path with a zero character")
        real = os.path.realpath(os.path.normpath(path))
        if not self.allow_outside and not f"{real}/".startswith(_below(self.top)):
            raise EvaluationError(
                f"{path} is outside of the repository, and not read without --allow-outside", lasting=True
            )
        return real

    @contextmanager
    def folder_stays_open(self) -> Iterator[None]:
        """Keep the folder of the last answer open until the end: what else is read there costs no way to it."""
        self._stays_open = True
        try:
            yield
        finally:
            self._stays_open = False
            self._leave()

    @contextmanager
    def _noted(self, question: Question, path: str | Path) -> Iterator[None]:
        """What is refused may be allowed another day, and the answer would be another one."""
        try:
            yield
        except EvaluationError as error:
            if error.lasting:
                self.seen[question, os.path.abspath(path)] = "refused"
            raise

    @contextmanager
    def _parent(self, path: str | Path) -> Iterator[tuple[int, str]]:
        """The open folder that holds it, and its name there."""
        try:
            known = self._already_open(path)
            if known is not None:
                yield known
                return
            with self._way(path) as found:
                yield found
        except (FileNotFoundError, NotADirectoryError) as error:
            self.seen["kind", os.path.abspath(path)] = "missing"
            raise EvaluationError(f"there is no {path}") from error
        except OSError as error:
            raise EvaluationError(f"{path} cannot be read: {error.strerror}", lasting=True) from error

    @contextmanager
    def _way(self, path: str | Path) -> Iterator[tuple[int, str]]:
        """From the top on no link is followed any more: one that is met was put there a moment ago."""
        real = self.real(path)
        top = "/" if self.allow_outside else self.top
        *folders, name = (real[len(_below(top)) :] or ".").split("/")
        opened = os.open(top, _FOLDER)
        try:
            for folder in folders:
                opened, above = os.open(folder, _FOLDER, dir_fd=opened), opened
                os.close(above)
            yield opened, name
        finally:
            os.close(opened)

    def _already_open(self, path: str | Path) -> tuple[int, str] | None:
        """The folder that is still open, if it is the path's and still where it was; a link needs its own way."""
        if self._open is None or "\0" in str(path):
            return None
        folder, name = os.path.split(os.path.abspath(path))
        where, opened = self._open
        if folder == where and name:
            with suppress(OSError):  # which its own way meets again, and names
                is_link = stat.S_ISLNK(os.stat(name, dir_fd=opened, follow_symlinks=False).st_mode)
                if not is_link and os.path.samestat(os.stat(folder), os.fstat(opened)):
                    return opened, name
        return None

    def _leave(self, where: str = "", opened: int | None = None) -> None:
        """Close the folder that is open; in its place another may stay open."""
        if self._open is not None:
            os.close(self._open[1])
        self._open = None
        if opened is not None and self._stays_open:
            self._open = where, opened
        elif opened is not None:
            os.close(opened)

    def _check(self, path: str | Path, status: os.stat_result) -> None:
        """Look again at what was opened: it may have been put there after it was looked at."""
        if _kind(status) != "file":
            _refuse(path, _kind(status))
        if status.st_size > self.most_bytes:
            self._too_large(path)

    def _too_large(self, path: str | Path) -> NoReturn:
        raise EvaluationError(f"{path} has more than {self.most_bytes:,} bytes", lasting=True)


def _entries(folder: int) -> Iterator[tuple[str, str]]:
    """The names in an open folder, each with what a walk through folders asks of it: a folder, or where it leads."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_symlink():
                yield entry.name, os.readlink(entry.name, dir_fd=folder)
            else:
                yield entry.name, "/" if entry.is_dir(follow_symlinks=False) else ""


def _below(folder: str) -> str:
    return folder.rstrip("/") + "/"


def _kind(status: os.stat_result) -> Kind:
    return _KINDS.get(stat.S_IFMT(status.st_mode), "device")


def _refuse(path: str | Path, kind: Kind) -> NoReturn:
    raise EvaluationError(f"{path} is a {kind}, not a file", lasting=kind != "folder")
