"""Values around a limit: at it, on either side, and between two."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from decimal import Decimal
from itertools import pairwise
from math import inf, nextafter

from iamgen_rules.policy.operators.ip_address import network

_DAY = 86400.0
_FIRST = {4: ("1.0.0.1", "128.0.0.1"), 6: ("2000::1", "fc00::1")}  # behind what is nobody's address


def around_numbers(limits: Iterable[float]) -> Iterator[str]:
    """Numbers below, at, between and above the limits, as a condition key holds them."""
    return (_plain(value) for value in _around(limits, 1.0))


def around_dates(limits: Iterable[float]) -> Iterator[str]:
    """Points in time below, at, between and above the limits (seconds since 1970), as a condition key holds them."""
    return (_date(value) for value in _around(limits, _DAY))


def around_network(text: str) -> Iterator[str]:
    """The first addresses inside a network and the first after it, and addresses elsewhere; none for other text."""
    found = network(text)
    if found is not None:
        kind = type(found.network_address)
        after = int(found.broadcast_address) + 1
        yield from (str(found[place]) for place in (1, 0) if place < found.num_addresses)
        if after < 2**found.max_prefixlen:
            yield str(kind(after))
        yield from _FIRST[found.version]


def _around(limits: Iterable[float], step: float) -> Iterator[float]:
    ordered = sorted(set(limits))
    if ordered:
        below, above = ordered[0], ordered[-1]
        yield from (min(below - step, nextafter(below, -inf)), *ordered, max(above + step, nextafter(above, inf)))
        yield from ((one + other) / 2 for one, other in pairwise(ordered))


def _plain(value: float) -> str:
    return f"{value:.0f}" if value.is_integer() else f"{Decimal(repr(value)):f}"


def _date(seconds: float) -> str:
    try:
        return datetime.fromtimestamp(seconds, UTC).isoformat().replace("+00:00", "Z")
    except (OverflowError, ValueError, OSError):
        return f"{seconds:.0f}"
