"""Which of the blocks in a configuration a block in a plan is: sets of blocks have another order there."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence

from iamgen_rules.plan.tree import EMPTY, Json

_Names = tuple[str, ...]


class Blocks:
    """The blocks of one type, as they are written. Dynamic ones are not among them."""

    def __init__(self, written: Sequence[object]) -> None:
        """Index them by the constants that they have: whoever looks one up is one of very many."""
        self._written = [one if isinstance(one, dict) else None for one in written]
        self._keys = [_constants(one) for one in self._written]
        self._by_key: dict[_Names, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
        for number, (names, key) in enumerate(self._keys):
            if self._written[number] is not None:
                self._by_key[names][key].append(number)

    def of(self, value: object, index: int, length: int) -> Json | None:
        """The expressions of a value: those of the only block with its constants, else of the one in its place.

        `index` is its place in a list of this length.
        """
        if not isinstance(value, dict):
            return None
        looked_up = (by.get(_key(value.get(name) for name in names)) for names, by in self._by_key.items())
        found = [numbers for numbers in looked_up if numbers]
        if len(found) == len(found[0] if found else ()) == 1:
            return self._written[found[0][0]]
        if len(self._written) != length or self._written[index] is None:
            return None
        names, key = self._keys[index]
        return self._written[index] if _key(value.get(name) for name in names) == key else None


def _constants(written: Json | None) -> tuple[_Names, str]:
    constants = {
        name: one["constant_value"]
        for name, one in (written or EMPTY).items()
        if isinstance(one, dict) and "constant_value" in one
    }
    names = tuple(sorted(constants))
    return names, _key(constants[name] for name in names)


def _key(values: Iterable[object]) -> str:
    return json.dumps([*values], sort_keys=True)
