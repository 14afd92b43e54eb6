"""Values that an attacker would try for a free condition key: enough to meet or miss each condition on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import combinations, pairwise
from typing import NamedTuple

from iamgen_rules.policy.condition import tokens_of
from iamgen_rules.policy.mentions import OPEN, Mention
from iamgen_rules.policy.operators import OPERATORS
from iamgen_rules.policy.operators.ip_address import network
from iamgen_rules.policy.operators.operator import moment, number
from iamgen_rules.policy.pattern import Lookup
from iamgen_rules.policy.request import Values
from iamgen_rules.policy.truth import any_of
from iamgen_rules.policy.values import ADDRESS, Type, has_several, may_be_empty, may_have_several, type_of
from iamgen_rules.policy.wildcard import Token, Wild
from iamgen_rules.policy.witnesses import Machine, witnesses

OTHER, ANOTHER = "other-than-any-mentioned", "yet-another"
_FIRST = {4: "1.0.0.1", 6: "2000::1"}
_IN_ADDRESSES = ("", "1", "0.1", "0.0.1", "0.0.0.1", ":1", "::1")
_MOST_TOGETHER = 5
_DAY = 86400.0

Filled = Sequence[tuple[Mention, list[tuple[Token, ...]]]]


class Reading(NamedTuple):
    """What policy variables make of a key: values to try, and whether its value itself matters."""

    values: tuple[str, ...] = ()
    itself: bool = False


NOT_READ = Reading()


class Candidates(NamedTuple):
    """What a key may be, None for absent; not `complete` where another value might do what none of these does."""

    values: list[Values | None]
    complete: bool = True


def candidates(key: str, mentions: Iterable[Mention], lookup: Lookup, reading: Reading = NOT_READ) -> Candidates:
    """Values for one key, absent first, one for each way of meeting and missing the conditions.

    Only such as AWS can send. Several at once where the key may have them, and a condition has a quantifier; and two
    alike, since AWS does not say what a condition without one makes of several.
    """
    filled = [(one, list(tokens_of(one.condition, lookup, variables=one.variables))) for one in mentions]
    type_ = type_of(key, (one.condition.operator for one, _ in filled))
    plain = list(dict.fromkeys((*_plain(filled), *reading.values, *(type_.examples if type_ else ()))))
    nothing = () if may_be_empty(key) else ("",)
    patterns = witnesses(*_machines(filled, (*plain, *nothing)))
    every = tuple(dict.fromkeys((*plain, *patterns.texts, *_completed(filled, type_), OTHER, ANOTHER)))
    ordered = [value for value in every if value not in nothing and (type_ is None or type_.has(value))]
    values = ordered if reading.itself or _is_open(filled) else _told_apart(ordered, filled)
    complete = patterns.complete and not _is_lost(patterns.texts, ordered, type_, filled)
    found: list[Values | None] = [None, *((value,) for value in values)]
    if has_several(key):
        found += _alike(ordered, filled)
    if may_have_several(key) and any(mention.condition.quantifier for mention, _ in filled):
        return Candidates(found + list(_together(values)), complete and len(values) <= _MOST_TOGETHER)
    return Candidates(found, complete)


def _is_lost(texts: Iterable[str], values: Iterable[str], type_: Type | None, filled: Filled) -> bool:
    """Whether some text meets conditions as no value does, so that a value might that was not found."""
    if type_ is None or type_.finite:
        return False
    rejected = {_signature(text, filled) for text in texts if not type_.has(text)}
    return bool(rejected) and not rejected <= {_signature(value, filled) for value in values}


def _alike(values: Sequence[str], filled: Filled) -> Iterator[Values]:
    """Two of each kind that the conditions tell apart, and the first two of all."""
    kinds: dict[tuple[int, ...], list[str]] = {}
    for value in values:
        kinds.setdefault(_signature(value, filled), []).append(value)
    yield from dict.fromkeys((tuple(values[:2]), *(tuple(kind[:2]) for kind in kinds.values() if len(kind) > 1)))


def _together(values: Sequence[str]) -> Iterator[Values]:
    sizes = range(2, len(values) + 1) if len(values) <= _MOST_TOGETHER else (2, len(values))
    for size in sizes:
        yield from combinations(values, size)


def _is_open(filled: Filled) -> bool:
    return any(OPEN in tokens for _, patterns in filled for tokens in patterns)


def _told_apart(values: Iterable[str], filled: Filled) -> list[str]:
    """The first of those that no condition tells apart."""
    found: dict[tuple[int, ...], str] = {}
    for value in values:
        found.setdefault(_signature(value, filled), value)
    return list(found.values())


def _signature(value: str, filled: Filled) -> tuple[int, ...]:
    """What each condition says of a value."""
    return tuple(
        any_of(OPERATORS[mention.condition.operator].compare(value, tokens) for tokens in patterns).level
        for mention, patterns in filled
    )


def _completed(filled: Filled, type_: Type | None) -> Iterator[str]:
    """Addresses that a pattern may mean: `10.*` as `10.0.0.1`."""
    if type_ is not ADDRESS:
        return
    for _, patterns in filled:
        for tokens in patterns:
            if _example(tokens) is not None:
                yield from ("".join(_with(token, piece) for token in tokens) for piece in _IN_ADDRESSES)


def _with(token: Token, piece: str) -> str:
    return token if isinstance(token, str) else piece if token is Wild.MANY else "1"


def _machines(filled: Filled, plain: Iterable[str]) -> tuple[tuple[Machine, ...], frozenset[str]]:
    """The patterns with wildcards, and the values that a witness should not be."""
    machines = {
        Machine(tokens, OPERATORS[mention.condition.operator].name.startswith("Arn")): None
        for mention, patterns in filled
        for tokens in patterns
        if any(isinstance(token, Wild) for token in tokens) and tokens != (Wild.MANY,)
    }
    return tuple(machines), frozenset(plain) if machines else frozenset()


def _plain(filled: Filled) -> Iterator[str]:
    numbers: list[float] = []
    dates: list[float] = []
    for mention, patterns in filled:
        name = mention.condition.operator
        for text in (_example(tokens) for tokens in patterns):
            if text is None or name == "Null":
                continue
            yield text
            yield from _kin(name, text)
            if name.startswith("Numeric"):
                numbers += [found] if isinstance(found := number(text), float) else []
            elif name.startswith("Date"):
                dates += [found] if isinstance(found := moment(text), float) else []
    yield from (f"{value:.15g}" for value in _around(numbers, 1.0))
    yield from (_date(value) for value in _around(dates, _DAY))


def _example(tokens: Sequence[Token]) -> str | None:
    """The pattern with something for each wildcard; None where it has a hole."""
    if not all(isinstance(token, str | Wild) for token in tokens):
        return None
    return "".join(token if isinstance(token, str) else "x" for token in tokens)


def _kin(operator: str, text: str) -> Iterator[str]:
    """Values beside one that is mentioned."""
    if operator == "Bool":
        yield from ("true", "false")
    elif operator.endswith("IgnoreCase"):
        yield text.swapcase()
    elif operator.endswith("IpAddress"):
        yield from _addresses(text)


def _around(limits: Iterable[float], step: float) -> Iterator[float]:
    """Below, at, between and above the limits."""
    ordered = sorted(set(limits))
    if ordered:
        yield from (ordered[0] - step, *ordered, ordered[-1] + step)
        yield from ((one + other) / 2 for one, other in pairwise(ordered))


def _date(seconds: float) -> str:
    try:
        return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ").rjust(20, "0")
    except (OverflowError, ValueError, OSError):
        return f"{seconds:.0f}"


def _addresses(text: str) -> Iterator[str]:
    """The first address inside a network and the first after it, and addresses elsewhere."""
    found = network(text)
    if found is not None:
        kind = type(found.network_address)
        after = int(found.broadcast_address) + 1
        yield str(found[1] if found.num_addresses > 2 else found[0])
        if after < 2**found.max_prefixlen:
            yield str(kind(after))
        yield _FIRST[found.version]
    yield from ADDRESS.examples
