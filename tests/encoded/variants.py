"""Encodings of one thing, that a user is an administrator: open, with a gate that holds, and with one that does not.

`cases` holds a file or a folder for each encoding, with all three variants in it:

- `# @gated broken` at the end of a line: the line is there in these variants only;
- alone on a line: so are all lines from here to `# @all`, or to the end;
- `# ! open broken` at the end of a line: a finding stands here in these variants, and `# @broken !` says both at once.

A file without a line in a variant is not there. `given.tfvars` is named on the command line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

VARIANTS = ("open", "gated", "broken")
CASES = Path(__file__).parent / "cases"
_MARK = re.compile(r"[ \t]*# (?:@(?P<only>(?: ?(?:open|gated|broken))+|all)(?P<too> !)?|! (?P<found>[a-z ]+))$")

Lines = frozenset[tuple[str, int]]


def encodings() -> Mapping[str, Path]:
    """The file or folder of each encoding, by its name."""
    return {path.name.partition(".")[0]: path for path in sorted(CASES.iterdir()) if path.name[0] not in "_."}


def write(encoding: str, variant: str, folder: Path) -> Lines:
    """Write one variant of an encoding into a folder: its root module. Gives where findings have to stand."""
    marked: set[tuple[str, int]] = set()
    for name, text in _files(encodings()[encoding]):
        lines = list(_lines(text, variant))
        if any(line.strip() for line, _ in lines):
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("".join(f"{line}\n" for line, _ in lines), encoding="utf-8")
            marked |= {(name, number) for number, (_, is_found) in enumerate(lines, start=1) if is_found}
    return frozenset(marked)


def _files(path: Path) -> Iterator[tuple[str, str]]:
    if path.is_file():
        yield f"main.{path.name.partition('.')[2]}", path.read_text(encoding="utf-8")
        return
    for file in sorted(one for one in path.rglob("*") if one.is_file()):
        yield file.relative_to(path).as_posix(), file.read_text(encoding="utf-8")


def _lines(text: str, variant: str) -> Iterator[tuple[str, bool]]:
    """The lines of a variant, and whether a finding stands there."""
    here: tuple[str, ...] = VARIANTS
    for line in text.splitlines():
        mark = _MARK.search(line)
        only = VARIANTS if mark is None or mark["only"] in (None, "all") else tuple(mark["only"].split())
        if mark and mark["only"] and not line[: mark.start()].strip():
            here = only
        elif variant in here and variant in only:
            yield (line, False) if mark is None else (line[: mark.start()], _is_found(mark, variant))


def _is_found(mark: re.Match[str], variant: str) -> bool:
    return bool(mark["too"]) or variant in (mark["found"] or "").split()
