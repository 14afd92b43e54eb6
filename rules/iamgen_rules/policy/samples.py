"""Values that an attacker would try for a free condition key: one for each way of meeting and missing its conditions.

Text is told apart by automata, numbers, points in time and addresses by what lies between the limits. Where
conditions of more than one kind are on one key, what is tried may not be enough, and says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations
from typing import Literal, NamedTuple, TypeGuard

from iamgen_rules.policy.condition import tokens_of
from iamgen_rules.policy.limits import around_dates, around_network, around_numbers
from iamgen_rules.policy.mentions import Mention
from iamgen_rules.policy.operators import OPERATORS
from iamgen_rules.policy.operators.ip_address import network
from iamgen_rules.policy.operators.operator import moment, number
from iamgen_rules.policy.pattern import Lookup
from iamgen_rules.policy.request import OPEN, Values
from iamgen_rules.policy.text import Unknown
from iamgen_rules.policy.truth import any_of
from iamgen_rules.policy.values import ADDRESS, Type, has_several, may_be_empty, may_have_several, type_of
from iamgen_rules.policy.wildcard import Token, Wild
from iamgen_rules.policy.witnesses import Machine, witnesses

_READERS: dict[Kind, Callable[[str], object]] = {"number": number, "date": moment, "address": network}
OTHER, ANOTHER = "other-than-any-mentioned", "yet-another"
_IN_ADDRESSES = ("", "1", "0.1", "0.0.1", "0.0.0.1", ":1", "::1")
_MOST_TOGETHER = 7

Filled = Sequence[tuple[Mention, list[tuple[Token, ...]]]]
Kind = Literal["text", "number", "date", "address", "Boolean", "binary"]
_KINDS: dict[str, Kind] = {"String": "text", "Arn": "text", "Numeric": "number", "Date": "date", "Binary": "binary"}


class Reading(NamedTuple):
    """What policy variables make of a key: values to try, and whether its value itself matters."""

    values: tuple[str, ...] = ()
    itself: bool = False


NOT_READ = Reading()


class Candidates(NamedTuple):
    """What a key may be, None for absent; not `complete` where another value might do what none of these does.

    Of the values, `exact` are tried for themselves; each of the others stands for all that meet and miss the same.
    """

    values: list[Values | None]
    complete: bool = True
    exact: frozenset[str] = frozenset()


def candidates(key: str, mentions: Iterable[Mention], lookup: Lookup, reading: Reading = NOT_READ) -> Candidates:
    """Values for one key, absent first, one for each way of meeting and missing the conditions.

    Only such as AWS can send. Several at once where the key may have them, and a condition has a quantifier; and two
    alike, since AWS does not say what a condition without one makes of several.
    """
    filled = [(one, list(tokens_of(one.condition, lookup, variables=one.variables))) for one in mentions]
    type_ = type_of(key, (one.condition.operator for one, _ in filled))
    quantified = any(mention.condition.quantifier for mention, _ in filled)
    exact = dict.fromkeys((*_exact(filled), *reading.values))
    nothing = () if may_be_empty(key) else ("",)
    found = witnesses(_machines(filled), frozenset((*exact, *nothing)))
    examples = (*_limits(filled), *(type_.examples if type_ else ()), *_completed(filled, type_), OTHER, ANOTHER)
    every = dict.fromkeys((*exact, *examples, *found.texts, *([""] if quantified else ())))
    ordered = [value for value in every if value not in nothing and (type_ is None or type_.has(value))]
    groups = _told_apart(ordered, filled)
    values = [value for group in groups for value in (group if reading.itself or _is_open(filled) else group[:1])]
    complete = _are_all(type_, filled) or (found.complete and not _is_lost(found.texts, ordered, type_, filled))
    one = [None, *((value,) for value in values)]
    if may_have_several(key) and quantified:
        together = dict.fromkeys((*_together(values), *_alike(groups)))
        return Candidates([*one, *together], complete and len(values) <= _MOST_TOGETHER, frozenset(exact))
    alike = dict.fromkeys((*_alike(groups), *combinations(values[:2], 2))) if has_several(key) else ()
    return Candidates([*one, *alike], complete, frozenset(exact))


def _alike(groups: Iterable[Sequence[str]]) -> Iterator[Values]:
    """Two of each group that the conditions do not tell apart."""
    return (tuple(group[:2]) for group in groups if len(group) > 1)


def _together(values: Sequence[str]) -> Iterator[Values]:
    """Several at once; whether they are of two groups or of one, only their groups matter."""
    sizes = range(2, len(values) + 1) if len(values) <= _MOST_TOGETHER else (2, len(values))
    for size in sizes:
        yield from combinations(values, size)


def _is_open(filled: Filled) -> bool:
    return any(OPEN in tokens for _, patterns in filled for tokens in patterns)


def _told_apart(values: Iterable[str], filled: Filled) -> list[list[str]]:
    """The values in groups that no condition tells apart; an empty one is like no other."""
    found: dict[tuple[object, ...], list[str]] = {}
    for value in values:
        found.setdefault((*_signature(value, filled), value == ""), []).append(value)
    return list(found.values())


def _signature(value: str, filled: Filled) -> tuple[int, ...]:
    """What each condition says of a value."""
    return tuple(
        any_of(OPERATORS[mention.condition.operator].compare(value, tokens) for tokens in patterns).level
        for mention, patterns in filled
    )


def _are_all(type_: Type | None, filled: Filled) -> bool:
    """Whether there are no other values than the type's examples."""
    return type_ is not None and type_.finite and not _is_open(filled)


def _is_lost(texts: Iterable[str], values: Iterable[str], type_: Type | None, filled: Filled) -> bool:
    """Whether some value might meet conditions as none does that was found."""
    if len(set(_kinds(filled, type_))) > 1:
        return True
    rejected = {_signature(text, filled) for text in texts if type_ is not None and not type_.has(text)}
    return bool(rejected) and not rejected <= {_signature(value, filled) for value in values}


def _completed(filled: Filled, type_: Type | None) -> Iterator[str]:
    """Addresses that a pattern may mean: `10.*` as `10.0.0.1`."""
    if type_ is not ADDRESS:
        return
    for _, patterns in filled:
        for tokens in patterns:
            if not any(isinstance(token, Unknown) for token in tokens):
                yield from ("".join(_with(token, piece) for token in tokens) for piece in _IN_ADDRESSES)


def _with(token: Token, piece: str) -> str:
    return token if isinstance(token, str) else piece if token is Wild.MANY else "1"


def _is_null(mention: Mention) -> bool:
    return mention.condition.operator == "Null"


def _kind(mention: Mention) -> Kind:
    name = mention.condition.operator
    if name.endswith("IpAddress"):
        return "address"
    for start, kind in _KINDS.items():
        if name.startswith(start):
            return kind
    return "Boolean"


def _kinds(filled: Filled, type_: Type | None) -> Iterator[Kind]:
    """The kinds of conditions that some value of the type meets."""
    for mention, patterns in filled:
        if not _is_null(mention) and any(_can_match(_kind(mention), tokens, type_) for tokens in patterns):
            yield _kind(mention)


def _can_match(kind: Kind, tokens: Sequence[Token], type_: Type | None) -> bool:
    if not _is_known(tokens):
        return True
    if kind == "text":
        return type_ is None or type_.has("".join(tokens))
    return kind not in _READERS or _READERS[kind]("".join(tokens)) is not None


def _exact(filled: Filled) -> Iterator[str]:
    """Texts that nothing but themselves is compared with."""
    for mention, patterns in filled:
        if _kind(mention) == "text" and not mention.condition.operator.endswith("IgnoreCase"):
            yield from ("".join(tokens) for tokens in patterns if _is_known(tokens))


def _is_known(tokens: Sequence[Token]) -> TypeGuard[Sequence[str]]:
    return all(isinstance(token, str) for token in tokens)


def _machines(filled: Filled) -> tuple[Machine, ...]:
    """The patterns that more than one text matches, or may match."""
    machines = {
        _machine(mention, tokens): None
        for mention, patterns in filled
        if _kind(mention) == "text"
        for tokens in patterns
        if mention.condition.operator.endswith("IgnoreCase") or not _is_known(tokens)
    }
    return tuple(machines)


def _machine(mention: Mention, tokens: tuple[Token, ...]) -> Machine:
    if mention.condition.operator.endswith("IgnoreCase"):
        lowered = tuple(token.lower() if isinstance(token, str) else token for token in tokens)
        return Machine(lowered, ignore_case=True)
    return Machine(tokens, arn=mention.condition.operator.startswith("Arn"))


def _limits(filled: Filled) -> Iterator[str]:
    """Values at, below, between and above those that are compared with by their size."""
    numbers: list[float] = []
    dates: list[float] = []
    for mention, patterns in filled:
        kind = _kind(mention)
        for text in ("".join(tokens) for tokens in patterns if kind != "text" and _is_known(tokens)):
            if kind == "number" and isinstance(found := number(text), float):
                numbers.append(found)
            elif kind == "date" and isinstance(found := moment(text), float):
                dates.append(found)
            elif kind == "address":
                yield from around_network(text)
            elif not _is_null(mention):
                yield from (text, "true", "false")
    yield from around_numbers(numbers)
    yield from around_dates(dates)
