"""The events of a YAML parser → a tree, without recursion; what a reader of the file could misread is refused."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, NoReturn

from iamgen.tree import Path, Range, Tree, address, in_order, kind_of
from iamgen.wording import shown
from iamgen_rules.errors import InputError, Problem
from iamgen_rules.source import Place

MOST_CHARACTERS = 4 * 1024 * 1024
MOST_VALUES = 200_000
MOST_PROBLEMS = 100
DEEPEST = 20

# Control characters, lone surrogates, and what only some programs count as the end of a line.
_UNREADABLE = re.compile("[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")


@dataclass
class _Frame:
    """A mapping or list that is being read. Without a path it is one whose key was wrong: read and forgotten."""

    container: dict[str, Any] | list[Any]
    path: Path | None
    start: int
    key: str | None = None  # the mapping's key that waits for its value
    forget: bool = False  # that value is not wanted

    def next_path(self) -> Path | None:
        """The path of the value that comes next; None where it will be forgotten."""
        step = len(self.container) if isinstance(self.container, list) else self.key
        return None if self.path is None or self.forget or step is None else (*self.path, step)


@dataclass
class Builder:
    """Builds a tree from the parser's events, without recursion."""

    tree: Tree
    frames: list[_Frame] = field(default_factory=list)
    documents: int = 0
    count: int = 0

    def check_text(self) -> None:
        """Stop at a text that is too long, and at what an editor would not show."""
        text = self.tree.text
        if len(text) > MOST_CHARACTERS:
            self.stop((0, 0), f"the file has {len(text):,} characters; at most {MOST_CHARACTERS:,} are read")
        found = _UNREADABLE.search(text)
        if found:
            self.stop(found.span(), _unreadable(found[0]))

    def check_top(self) -> None:
        """Stop where the file is not a mapping."""
        if isinstance(self.tree.data, dict):
            return
        if self.tree.data is None:
            self.stop((0, 0), "the file is empty: begin with `version: 1`")
        self.stop(
            self.tree.values[()], f"the file is {kind_of(self.tree.data)}, not a mapping: begin with `version: 1`"
        )

    def take(self, event: Any) -> None:
        """One event of the parser."""
        kind = type(event).__name__.removesuffix("Event")
        if kind == "DocumentStart":
            self.documents += 1
            if self.documents > 1:
                self.stop(_range(event), "a second document begins here: write one")
        elif kind in ("Scalar", "Alias", "SequenceStart", "MappingStart"):
            self.node(kind, event)
        elif kind in ("SequenceEnd", "MappingEnd"):
            self.close(_range(event)[1])

    def node(self, kind: str, event: Any) -> None:
        """A key, or a value of whatever kind."""
        self.count += 1
        if self.count > MOST_VALUES:
            self.stop(_range(event), f"more than {MOST_VALUES:,} keys and values: write less")
        frame = self.frames[-1] if self.frames else None
        if frame and isinstance(frame.container, dict) and frame.key is None:
            self.key(frame, kind, event)
            return
        path = frame.next_path() if frame else ()
        self.check_node(path, kind, event)
        if kind in ("SequenceStart", "MappingStart"):
            self.open(frame, path, kind, event)
        else:
            self.put(frame, path, self.scalar(path, event) if kind == "Scalar" else None, _range(event))

    def scalar(self, path: Path | None, event: Any) -> str | None:
        """The text of a value; None for nothing at all, and for what an escape smuggled in."""
        text: str = event.value
        unreadable = _UNREADABLE.search(text)
        if unreadable is None:
            return text if text or event.style else None
        if path is not None:
            self.tree.holes.add(path)
            self.problem(path, _range(event), _unreadable(unreadable[0]))
        return None

    def key(self, frame: _Frame, kind: str, event: Any) -> None:
        """The key of a mapping; its value is forgotten where the key is wrong."""
        if kind != "Scalar":
            self.stop(_range(event), "a key has to be text; a value that begins with { [ or * needs quotes")
        frame.key, frame.forget = event.value, False
        path = frame.next_path()
        self.check_node(path, kind, event)
        wrong = self.wrong_key(frame, path, event)
        if wrong:
            frame.forget = True
            self.problem(path if event.value in frame.container else frame.path, _range(event), wrong)
        elif path is not None:
            self.tree.keys[path] = _range(event)

    def wrong_key(self, frame: _Frame, path: Path | None, event: Any) -> str | None:
        """What is wrong with a key; None where nothing is, or where it is forgotten anyway."""
        if path is None:
            return None
        if event.value in frame.container:
            line = self.tree.span(*self.tree.keys[path]).line
            return f"stands here a second time, first on line {line}: keep one of them"
        unreadable = _UNREADABLE.search(event.value)
        if unreadable:
            return _unreadable(unreadable[0])
        if event.style or event.value not in ("", "<<"):
            return None
        return "merge keys are not read: write the values out" if event.value else "a key is missing before the colon"

    def check_node(self, path: Path | None, kind: str, event: Any) -> None:
        """Aliases, anchors and tags are no part of the data."""
        if path is None:
            return
        if kind == "Alias":
            self.tree.holes.add(path)
        if event.anchor is not None:
            self.problem(path, _range(event), "anchors and aliases are not read: write the value out")
        tag = getattr(event, "tag", None)
        if tag is not None:
            name = shown(tag.replace("tag:yaml.org,2002:", "!!"))
            self.problem(path, _range(event), f"the tag {name} is not read: take it out")

    def open(self, frame: _Frame | None, path: Path | None, kind: str, event: Any) -> None:
        """Begin a mapping or list."""
        if len(self.frames) >= DEEPEST:
            self.stop(_range(event), f"nested more than {DEEPEST} deep: write it flatter")
        container: dict[str, Any] | list[Any] = [] if kind == "SequenceStart" else {}
        self.put(frame, path, container, _range(event))
        self.frames.append(_Frame(container, path, _range(event)[0]))

    def close(self, end: int) -> None:
        """End a mapping or list."""
        frame = self.frames.pop()
        if frame.path is not None:
            self.tree.values[frame.path] = (frame.start, end)

    def put(self, frame: _Frame | None, path: Path | None, value: Any, where: Range) -> None:
        """A value into what holds it."""
        if path is not None:
            self.tree.values[path] = where
        if frame is None:
            self.tree.data = value
        elif isinstance(frame.container, list):
            frame.container.append(value)
        else:
            if frame.key is not None and not frame.forget:
                frame.container[frame.key] = value
            frame.key = None

    def problem(self, path: Path | None, where: Range, message: str) -> None:
        """Note what is wrong and read on, unless it is one too many."""
        spoiled = path or ()
        place = Place(self.tree.file, address(spoiled), self.tree.span(*where))
        self.tree.problems.append((spoiled, Problem(place, message)))
        if len(self.tree.problems) >= MOST_PROBLEMS:
            self.stop(where, f"{MOST_PROBLEMS} errors: reading stops here")

    def stop(self, where: Range, message: str) -> NoReturn:
        """Raise InputError for this and all that was wrong before."""
        problem = Problem(Place(self.tree.file, "", self.tree.span(*where)), message)
        raise InputError(in_order([*(found for _, found in self.tree.problems), problem]))


def _unreadable(character: str) -> str:
    return f"unreadable character U+{ord(character):04X}: take it out"


def _range(event: Any) -> Range:
    return event.start_mark.index, event.end_mark.index
