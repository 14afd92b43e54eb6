"""Terraform as `terraform fmt` lays it out, changed block by block; a mark says where a finding is expected."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

Files = Mapping[str, str]
Edit = Callable[[str], str]


class Mutation(NamedTuple):
    """A weakening by name, and the files with it; each expected finding is a mark `# ! IAM004 critical` on its line."""

    name: str
    files: Files


def changed(files: Files, edits: Mapping[str, Edit]) -> dict[str, str]:
    """The files, some of them edited; an edit that changes nothing is a mistake."""
    new = {name: edit(files[name]) for name, edit in edits.items()}
    assert all(new[name] != files[name] for name in edits), "nothing was changed"
    return {**files, **new}


def both(*edits: Edit) -> Edit:
    """One after the other."""

    def edit(text: str) -> str:
        for one in edits:
            text = one(text)
        return text

    return edit


def block(header: str, edit: Edit, holding: str = "") -> Edit:
    """An edit of the one block with a header, at any depth, that holds a text."""
    pattern = re.compile(rf"^( *){re.escape(header)} \{{\n(?:(?!\1\}}).*\n)*\1\}}\n", re.MULTILINE)

    def edit_block(text: str) -> str:
        found = [one for one in pattern.finditer(text) if holding in one[0]]
        assert len(found) == 1, f"{len(found)} blocks {header} with {holding!r}"
        (one,) = found
        return f"{text[: one.start()]}{edit(one[0])}{text[one.end() :]}"

    return edit_block


def dropped(_: str) -> str:
    """Nothing of it is left."""
    return ""


def put(old: str, new: str) -> Edit:
    """One text for another, which stands there once."""

    def edit(text: str) -> str:
        assert text.count(old) == 1, f"{text.count(old)} times {old!r}"
        return text.replace(old, new)

    return edit


def argument(name: str, value: str, mark: str = "") -> Edit:
    """Another value for an argument that is written on one line; perhaps with a mark."""
    pattern = re.compile(rf"^( *{name} *= ).*$", re.MULTILINE)

    def edit(text: str) -> str:
        assert len(pattern.findall(text)) == 1, f"{name} stands there {len(pattern.findall(text))} times"
        return pattern.sub(lambda found: f"{found[1]}{value}{_comment(mark)}", text)

    return edit


def marked(name: str, mark: str) -> Edit:
    """A mark on the line where an argument or a block of this name begins."""
    pattern = re.compile(rf"^( *{re.escape(name)} *[={{\"].*)$", re.MULTILINE)

    def edit(text: str) -> str:
        assert len(pattern.findall(text)) == 1, f"{name} stands there {len(pattern.findall(text))} times"
        return pattern.sub(lambda found: f"{found[1]}{_comment(mark)}", text)

    return edit


def added(new: str) -> Edit:
    """Something more at the end."""
    return lambda text: f"{text}\n{new}"


def into(new: str) -> Edit:
    """Something more at the end of a block."""
    return lambda text: re.sub(r"( *)\}\n$", lambda found: f"{new}{found[0]}", text)


def _comment(mark: str) -> str:
    return f" # ! {mark}" if mark else ""
