"""What silences a rule at a place, for an address, or below a module call: looked up, not searched."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from fnmatch import fnmatchcase
from posixpath import dirname, normpath

from iamgen_rules.engine.directives import Directive
from iamgen_rules.settings import Ignore
from iamgen_rules.source import Place

Silencer = Directive | Ignore

_CALL = re.compile(r"module\.([\w-]+)[.\[]")
_ADDRESS = re.compile(r'(?:[^\s"]|"(?:[^"\\]|\\.)*+")*+')


class Silencers:
    """Comments and entries of `lint.ignore` that are in force."""

    def __init__(self, silencers: Iterable[Silencer]) -> None:
        """Sort them by what they can silence."""
        self._ignores: dict[str, list[Ignore]] = defaultdict(list)
        self._calls: dict[tuple[str, str, str], list[Directive]] = defaultdict(list)
        texts: dict[tuple[str, str], list[tuple[int, int, Directive]]] = defaultdict(list)
        for one in silencers:
            if isinstance(one, Ignore):
                self._ignores[one.code].append(one)
            elif one.covers is not None:
                texts[one.code, one.place.document].append((one.covers.start, one.covers.end, one))
                self._calls[one.code, _folder_of(one.place.document), one.covers.call].append(one)
        self._texts = {key: _Nested(found) for key, found in texts.items()}

    def at(self, code: str, place: Place) -> Iterator[Silencer]:
        """Comments about a part of a text in which a place begins."""
        nested = self._texts.get((code, place.document))
        if nested is not None and place.span is not None:
            yield from nested.around(place.span.start)

    def in_call(self, code: str, address: str, folder: str) -> Sequence[Silencer]:
        """Comments on the call, in the root module in a folder, of the module that an address is in."""
        match = _CALL.match(address)
        return () if match is None else self._calls.get((code, normpath(folder), match[1]), ())

    def for_address(self, code: str, address: str) -> Iterator[Silencer]:
        """Entries of `lint.ignore` that fit an address, behind which a statement's name may stand."""
        match = _ADDRESS.match(address)
        plain = match[0] if match else address
        for ignore in self._ignores.get(code, ()):
            if fnmatchcase(plain, ignore.principal.replace("[", "[[]")):
                yield ignore


class _Nested:
    """Parts of a text, found by a position in them."""

    def __init__(self, parts: Iterable[tuple[int, int, Directive]]) -> None:
        self._parts = sorted(parts, key=lambda one: (one[0], -one[1]))
        self._starts = [start for start, _, _ in self._parts]
        self._outer: list[int] = []  # of each part the nearest before it that goes on where it begins, else -1
        open_: list[int] = []
        for number, (start, _, _) in enumerate(self._parts):
            while open_ and self._parts[open_[-1]][1] <= start:
                open_.pop()
            self._outer.append(open_[-1] if open_ else -1)
            open_.append(number)

    def around(self, position: int) -> Iterator[Directive]:
        """From the inside out."""
        number = bisect_right(self._starts, position) - 1
        while number >= 0:
            _, end, one = self._parts[number]
            if position < end:
                yield one
            number = self._outer[number]


def _folder_of(document: str) -> str:
    return normpath(dirname(document) or ".")
