"""A roster's text → a checked roster and its documents, or everything that is wrong with it at once. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import PurePath
from typing import Any

from pydantic import ValidationError

from iamgen import config, crosscheck, documents
from iamgen.crosscheck import Known, View
from iamgen.documents import DocumentError
from iamgen.explain import explain, path_of, section
from iamgen.roster import Document, Group, Roster, SudoRole
from iamgen.schema import schema
from iamgen.tree import Fault, Path, Tree, in_order
from iamgen.wording import near, shown
from iamgen_rules.errors import InputError
from iamgen_rules.settings import Ignore, RootSetting, Settings

__all__ = ["DocumentError", "Loaded", "load", "schema"]

_SETTINGS = {"lint", "version"}


@dataclass(frozen=True)
class Loaded:
    """A roster that holds together, and the policies in its `document:` files by their names as written there."""

    roster: Roster
    documents: Mapping[str, dict[str, Any]]


def load(text: str, file: str, read_document: Callable[[str], str]) -> Loaded:
    """The roster in a text; raises InputError with all that is wrong, in the order of the text.

    `read_document` gives the text of a `document:` file, or raises DocumentError saying why it does not.
    """
    tree = config.parse(text, file)
    if "lint" in tree.data and set(tree.data) <= _SETTINGS:
        found = Fault(
            ("lint",),
            "holds only lint settings, no roster: run `iamgen init` in an empty folder and add what it writes",
            at_key=True,
        )
        raise InputError([tree.problem(found)])
    reading = _Reading(tree)
    roster = reading.validate()
    reading.read_documents(roster, read_document)
    reading.note(crosscheck.check(roster, reading.view()))
    problems = [*(problem for _, problem in tree.problems), *map(tree.problem, reading.faults)]
    if problems:
        raise InputError(in_order(problems))
    return Loaded(roster, reading.documents)


def load_settings(text: str, file: str, today: date) -> Settings:
    """What stands under `lint:` in iamgen.yaml, be it a roster or not; raises InputError with all that is wrong."""
    tree = config.parse(text, file)
    others = Roster.model_fields.keys() - _SETTINGS
    reading = _Reading(
        replace(tree, data={"version": "1"} | {key: value for key, value in tree.data.items() if key not in others})
    )
    found = reading.validate().lint
    problems = [*(problem for _, problem in tree.problems), *map(tree.problem, reading.faults)]
    if problems:
        raise InputError(in_order(problems))
    return Settings(
        today,
        select=found.select,
        fail_on=found.fail_on,
        strict=found.strict,
        ignores=tuple(
            Ignore(one.code, one.principal, one.reason, one.until, tree.place(("lint", "ignore", number)))
            for number, one in enumerate(found.ignore)
        ),
        roots=tuple(
            RootSetting(str(PurePath(file).parent / one.path), one.var_files, one.workspace or "", one.name or "")
            for one in found.roots
        ),
        exclude=found.exclude,
    )


@dataclass
class _Reading:
    """A roster with what is wrong taken out, so that the rest can be checked; faults have the paths of the file."""

    tree: Tree
    faults: list[Fault] = field(default_factory=list)
    documents: dict[str, dict[str, Any]] = field(default_factory=dict)
    _bad: set[Path] = field(default_factory=set)
    _kept: dict[Path, list[int]] = field(default_factory=dict)

    def validate(self) -> Roster:
        """The roster of all that is right; each round takes out what pydantic refused in the one before."""
        self._bad = set(self.tree.holes)
        while True:
            data = self._prune(self.tree.data, ())
            try:
                return Roster.model_validate({"version": "1"} | data if ("version",) in self._bad else data)
            except ValidationError as error:
                self._refuse(error)

    def _prune(self, value: Any, path: Path) -> Any:
        if isinstance(value, dict):
            return {key: self._prune(one, (*path, key)) for key, one in value.items() if (*path, key) not in self._bad}
        if isinstance(value, list):
            kept = [number for number in range(len(value)) if (*path, number) not in self._bad]
            self._kept[path] = kept
            return [self._prune(value[number], (*path, number)) for number in kept]
        return value

    def _refuse(self, error: ValidationError) -> None:
        details = [(self._origin(path_of(one)), one) for one in error.errors(include_url=False)]
        misspelt = {path for path, one in details if one["type"] == "extra_forbidden"}
        spoiled = {path for path, _ in self.tree.problems} | self._bad
        for path, one in details:
            absent = one["type"] == "missing"
            if not (absent and _explained(path, spoiled, misspelt)):
                self.faults.append(explain(one, path, written=path in self.tree.keys))
            self._bad.add(path[:-1] if absent and len(path) > 1 else path)

    def _origin(self, path: Path) -> Path:
        """The path in the file of what stands at a path of the roster."""
        origin: Path = ()
        for part in path:
            kept = self._kept.get(origin)
            origin += (kept[part] if kept is not None and isinstance(part, int) else part,)
        return origin

    def read_documents(self, roster: Roster, read_document: Callable[[str], str]) -> None:
        """Read each document once, and note at each of its uses what is wrong with it."""
        wrong: dict[str, str] = {}
        for path, document in _documents(roster):
            name = document.document
            if name not in self.documents and name not in wrong:
                try:
                    self.documents[name] = documents.parse(read_document(name))
                except DocumentError as error:
                    wrong[name] = str(error)
            if name in wrong:
                self.faults.append(Fault(self._origin((*path, "document")), f"{shown(name)}: {wrong[name]}"))

    def view(self) -> View:
        """What the checks of the whole roster may ask."""
        wrong = [*(fault.path for fault in self.faults), *(path for path, _ in self.tree.problems)]
        unsound = {path[:length] for path in wrong for length in range(len(path) + 1)}
        return View(lambda path: self._origin(path) not in unsound, self.line, self.known, self.documents)

    def note(self, faults: Iterable[Fault]) -> None:
        """Add faults that have paths of the roster."""
        self.faults += [fault._replace(path=self._origin(fault.path)) for fault in list(faults)]

    def line(self, path: Path) -> int:
        """The line of what stands at a path of the roster."""
        span = self.tree.place(self._origin(path)).span
        return span.line if span else 0

    def known(self, kind: str) -> Known:
        """The names under `groups`, say, also of those with faults; complete where all of them can be read."""
        items = self.tree.data.get(kind)
        unsure = {path for path, _ in self.tree.problems} | {fault.path for fault in self.faults}
        misspelt = kind not in self.tree.data and not set(self.tree.data) <= set(Roster.model_fields)
        complete = not misspelt and not unsure & {(), (kind,)}
        if not isinstance(items, list):
            return Known((), complete)
        names = [item.get("name") if isinstance(item, dict) else None for item in items]
        return Known(tuple(name for name in names if isinstance(name, str)), complete and None not in names)


def _explained(missing: Path, spoiled: set[Path], misspelt: set[Path]) -> bool:
    """Whether other faults say already why something is missing."""
    holder, name = missing[:-1], str(missing[-1])
    known = tuple(section(holder).model_fields)
    others = [str(path[-1]) for path in misspelt if path[:-1] == holder]
    return missing in spoiled or holder in spoiled or any(near(other, known) == name for other in others)


def _documents(roster: Roster) -> Iterator[tuple[Path, Document]]:
    holders: Mapping[str, Sequence[SudoRole | Group]] = {"sudo_roles": roster.sudo_roles, "groups": roster.groups}
    for kind, items in holders.items():
        for number, item in enumerate(items):
            for place, policy in enumerate(item.policies):
                if isinstance(policy, Document):
                    yield (kind, number, "policies", place), policy
