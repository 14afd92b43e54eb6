"""The parser's table for python-hcl2's grammar, which takes a moment to make and less to load.

The grammar asks at every turn for newlines, which our lexer leaves out; without them the table is a quarter as large.

One for the grammar that iamgen is released with lies in the package; for any other one is made once and kept in the
user's cache folder. Each file begins with a line that names the grammar and what follows, which is JSON: whoever can
write there can spoil our reading, but cannot make us run anything.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import sys
import zlib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from iamgen_rules.errors import UsageError

_NEWLINE = re.compile(r" new_line_or_comment\?|(?<=\()new_line_or_comment\? ")
_NEEDED = ("INTERP_START", "template_for_start", "full_splat_expr_term", "ELLIPSIS")


@dataclass(frozen=True, slots=True)
class Rule:
    """A production of the grammar: `size` symbols make its origin. `name` is the handler's, of what they became.

    Without a name the symbols are children of the rule around it; `spliced` says which symbols are such rules.
    `is_transparent`: the one symbol stands for itself.
    """

    origin: str
    size: int
    name: str
    spliced: tuple[int, ...] = ()
    is_transparent: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """LALR(1): what each state makes of a token or of a finished rule's origin.

    From 0 on that is the next state; below 0 it is the rule that ends before the token, -1 for the first.
    """

    start: int
    end: int
    rules: tuple[Rule, ...]
    states: tuple[Mapping[str, int], ...]

    def to_json(self) -> str:
        """As text."""
        rules = [(rule.origin, rule.size, rule.name, rule.spliced, rule.is_transparent) for rule in self.rules]
        return json.dumps([self.start, self.end, rules, self.states], separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str | bytes) -> Table:
        """From what `to_json` made."""
        start, end, rules, states = json.loads(text)
        made = (Rule(origin, size, name, tuple(spliced), alone) for origin, size, name, spliced, alone in rules)
        return cls(start, end, tuple(made), tuple(states))


def grammar() -> str:
    """The grammar of the python-hcl2 that is installed, without newlines.

    Raises UsageError where there is none, or a fork.
    """
    spec = find_spec("hcl2")
    folders = (spec.submodule_search_locations if spec else None) or []
    for folder in folders:
        with suppress(OSError, UnicodeDecodeError):
            text = Path(folder, "hcl2.lark").read_text(encoding="utf-8")
            if all(name in text for name in _NEEDED):
                return _NEWLINE.sub("", text)
    if not folders:
        raise UsageError("python-hcl2 is not installed: pip install 'python-hcl2>=8.1,<9'")
    raise UsageError(
        "the package hcl2 that is installed is not python-hcl2's: checkov's fork, bc-python-hcl2, has the same"
        " name.\nInstall checkov in an environment of its own, then run"
        " pip install --force-reinstall 'python-hcl2>=8.1,<9'"
    )


def made_from(grammar_text: str) -> str:
    """What a table is made from: any lark makes an equal one of the same grammar."""
    return f"table 1 of grammar {hashlib.sha256(grammar_text.encode()).hexdigest()}"


def packed(source: str, table: Table) -> bytes:
    """A file that holds a table."""
    content = zlib.compress(table.to_json().encode(), 9)
    return f"{source} content {hashlib.sha256(content).hexdigest()}\n".encode() + content


def unpacked(source: str, file: bytes) -> Table | None:
    """The table in a file; None where it is made from something else, or is damaged."""
    _, _, content = file.partition(b"\n")
    head = f"{source} content {hashlib.sha256(content).hexdigest()}\n".encode()
    return Table.from_json(zlib.decompress(content)) if file.startswith(head) else None


def stored(source: str) -> Table | None:
    """The table that lies in the package or in the cache."""
    for place in (_in_package, _cache_file):
        with suppress(OSError, RuntimeError):
            table = unpacked(source, place(source).read_bytes())
            if table is not None:
                return table
    return None


def store(source: str, table: Table) -> None:
    """Keep a table in the cache; where that cannot be written, it serves this run only."""
    import tempfile

    with suppress(OSError, RuntimeError):
        file = _cache_file(source)
        file.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=file.parent)
        try:
            with os.fdopen(descriptor, "wb") as stream:
                stream.write(packed(source, table))
            Path(name).replace(file)
        except OSError:
            Path(name).unlink(missing_ok=True)
            raise


def _in_package(_source: str) -> Path:
    return Path(__file__).resolve().parents[2] / "data" / "hcl_table.bin"


def _cache_file(source: str) -> Path:
    if sys.platform == "darwin":
        folder = Path.home() / "Library" / "Caches"
    else:
        folder = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return folder / "iamgen" / f"hcl-{hashlib.sha256(source.encode()).hexdigest()[:16]}.bin"
