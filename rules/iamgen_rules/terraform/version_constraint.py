"""Version constraints of module calls, against the version that is installed.

Source: "Version Constraints" (Terraform documentation); the package github.com/hashicorp/go-version.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

_VERSION = re.compile(r"v?(\d{1,18}(?:\.\d{1,18}){0,2})(?:-([0-9A-Za-z.-]+))?(?:\+[0-9A-Za-z.-]+)?")
_CONSTRAINT = re.compile(r"\s*(=|!=|>=|<=|~>|>|<|)\s*(\S+)\s*")
_LENGTH = 3
_Place = tuple[int, int, str]  # a part of a pre-release: numbers before words
_Order = tuple[tuple[int, ...], bool, tuple[_Place, ...]]
_ORDERS: Mapping[str, Callable[[_Order, _Order], bool]] = {
    ">": lambda version, limit: version > limit,
    ">=": lambda version, limit: version >= limit,
    "<": lambda version, limit: version < limit,
    "<=": lambda version, limit: version <= limit,
    "~>": lambda version, limit: version >= limit,
}


@dataclass(frozen=True, slots=True)
class _Version:
    segments: tuple[int, ...]
    written: int
    pre: str

    @property
    def order(self) -> _Order:
        """What it is compared by: a pre-release comes before its release."""
        return self.segments, not self.pre, tuple(map(_place, self.pre.split(".")))


def _place(part: str) -> _Place:
    return (0, int(part), "") if part.isdecimal() and part.isascii() else (1, 0, part)


def satisfies(version: str, constraints: str) -> bool | None:
    """Whether a version meets all constraints (`>= 1.2, != 1.3.1`, `~> 5.0`); None where one of them is none."""
    found = _version(version)
    parts = [_CONSTRAINT.fullmatch(part) for part in constraints.split(",")]
    wanted = [(part[1], _version(part[2])) for part in parts if part is not None]
    if found is None or len(wanted) < len(parts):
        return None
    checks = [None if limit is None else _meets(found, sign, limit) for sign, limit in wanted]
    return None if None in checks else all(checks)


def _version(text: str) -> _Version | None:
    match = _VERSION.fullmatch(text)
    if match is None:
        return None
    segments = tuple(map(int, match[1].split(".")))
    return _Version((*segments, 0, 0)[:_LENGTH], len(segments), match[2] or "")


def _meets(version: _Version, sign: str, limit: _Version) -> bool:
    if sign in ("", "=", "!="):
        return (version.order == limit.order) != (sign == "!=")
    return (
        _may_compare(version, limit, sign)
        and _ORDERS[sign](version.order, limit.order)
        and (sign != "~>" or version.segments[: limit.written - 1] == limit.segments[: limit.written - 1])
    )


def _may_compare(version: _Version, limit: _Version, sign: str) -> bool:
    """A pre-release is compared only with pre-releases of the same version; `~>` of one takes no other."""
    if version.pre:
        return limit.pre != "" and version.segments == limit.segments
    return not (limit.pre and sign == "~>")
