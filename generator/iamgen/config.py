"""YAML text → plain data, with the place of every key and value. Serves the roster and the lint settings.

A scalar stays the text that was written, whatever YAML would make of it: `on` is a name, 012345678901 an
account. What a reader of the file could misread (anchors, tags, merge keys, a key twice) is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NoReturn

from iamgen.tree import Tree, in_order
from iamgen.yaml_events import MOST_CHARACTERS, Builder
from iamgen_rules.errors import InputError

if TYPE_CHECKING:
    from yaml import MarkedYAMLError
    from yaml._yaml import Mark as CMark
    from yaml.error import Mark
    from yaml.events import Event

__all__ = ["MOST_CHARACTERS", "Tree", "parse", "read"]

_HINTS = (
    (r"cannot start any token", "\t", "indent with spaces, not tabs"),
    (r"cannot start any token", "", "put the value in quotes"),
    (
        r"mapping values are not allowed",
        "",
        "put a value that holds a colon and a space in quotes, or check the indentation",
    ),
    (r"end of stream|stream end", "", "a quote or bracket that begins here is never closed"),
    (r"'[]},]'", "", "a bracket that begins here is not closed"),
    (
        r"expected (key|<block end>|'-')|expected '-' indicator",
        "",
        "check the indentation, or put the value above in quotes",
    ),
    (r"alphabetic or numeric", "", "a value that begins with * or & needs quotes"),
    (r"node content", "", "a value is missing here, or needs quotes, or a bracket before it is not closed"),
    (r"escape|hexdecimal|hexadecimal", "", "in double quotes a backslash is written \\\\"),
)


def read(text: str, file: str) -> Tree:
    """The data of a YAML file; raises InputError with all that is wrong with it as YAML, in order."""
    tree = parse(text, file)
    if tree.problems:
        raise InputError(in_order(problem for _, problem in tree.problems))
    return tree


def parse(text: str, file: str) -> Tree:
    """As `read`, but what leaves the rest readable is kept in `Tree.problems`; raises InputError for what does not."""
    import yaml

    builder = Builder(Tree(file, text.removeprefix("\ufeff")))
    builder.check_text()
    try:
        for event in _events(builder.tree.text):
            builder.take(event)
    except yaml.MarkedYAMLError as error:
        _stop(builder, error)
    builder.check_top()
    return builder.tree


def _events(text: str) -> Iterator[Event]:
    import yaml

    try:
        yield from yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except (ValueError, OverflowError) as error:  # without libyaml: an escape beyond Unicode
        raise yaml.MarkedYAMLError(problem="an escape names no character") from error


def _stop(builder: Builder, error: MarkedYAMLError) -> NoReturn:
    """Raise InputError for the parser's error, with what to do about it."""
    what, at = error.problem or "cannot be read", _index(error.problem_mark)
    sign = builder.tree.text[at : at + 1]
    hint = next((hint for pattern, only, hint in _HINTS if only in sign and re.search(pattern, what)), what)
    if "begins here" in hint:
        at = _index(error.context_mark)
    builder.stop((at, at + 1), f"not YAML: {hint}")


def _index(mark: Mark | CMark | None) -> int:
    return mark.index if mark else 0
