"""Functions against second ways to the same result, on generated arguments."""

from __future__ import annotations

import json
import re
from datetime import datetime, timedelta, timezone
from fnmatch import translate
from fractions import Fraction
from ipaddress import ip_network

from hypothesis import given
from hypothesis import strategies as st

from iamgen_rules.policy import holes
from iamgen_rules.policy.text import Partial, Unknown, missing_of, text_of
from iamgen_rules.terraform import yaml_reading, yaml_writing
from iamgen_rules.terraform.functions.json_decode import FUNCTIONS as DECODE
from iamgen_rules.terraform.functions.json_encode import FUNCTIONS as ENCODE
from iamgen_rules.terraform.glob import matches
from iamgen_rules.terraform.moments import Moment, duration, moment
from iamgen_rules.terraform.types import STRING
from iamgen_rules.terraform.values import (
    NULL,
    Value,
    boolean,
    missing,
    number,
    object_value,
    string,
    tuple_value,
    unknown,
)  # fmt: skip

from .surroundings import Surroundings, value_of


def made(members: dict[str, Value]) -> Value:
    return object_value({str(string(key).data): value for key, value in members.items()})


CONTEXT = Surroundings().context
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=6)
LEAVES = st.one_of(
    st.just(NULL), st.booleans().map(boolean), st.integers().map(number), st.fractions(max_denominator=8).map(number),
    TEXTS.map(string),
)  # fmt: skip
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3).map(tuple_value) | st.dictionaries(TEXTS, inner, max_size=3).map(made),
    max_leaves=8,
)
HOLES = st.sampled_from(["var.x", "var.y"]).map(Unknown)
PIECES = st.lists(HOLES | TEXTS, min_size=2, max_size=3).map(lambda parts: string(text_of(*parts)))
PARTLY = st.recursive(
    LEAVES | PIECES | HOLES.map(lambda hole: unknown(STRING, hole.name)),
    lambda inner: st.lists(inner, max_size=3).map(tuple_value) | st.dictionaries(TEXTS, inner, max_size=3).map(made),
    max_leaves=8,
)


def plain(value: Value) -> object:
    """The value as JSON's data, with holes."""
    data = value.data
    if isinstance(data, dict):
        return {key: plain(part) for key, part in data.items()}
    if isinstance(data, tuple):
        return [plain(part) for part in data]
    return float(data) if isinstance(data, Fraction) else data


def jsonencode(value: Value) -> Value:
    return ENCODE["jsonencode"].call([value], CONTEXT)


def jsondecode(value: Value) -> Value:
    return DECODE["jsondecode"].call([value], CONTEXT)


@given(VALUES)
def test_json_comes_back_as_it_was(value: Value) -> None:
    text = jsonencode(value)
    assert jsondecode(text) == value
    assert json.loads(str(text.data)) == plain(value)


@given(PARTLY)
def test_json_with_holes_has_them_where_the_value_has(value: Value) -> None:
    text = jsonencode(value).data
    if isinstance(text, Partial):
        read = holes.read(text)
        assert read == plain(value) or (isinstance(read, Unknown) and missing_of(read) == missing(value))
    assert isinstance(text, str) == (not missing(value))


@given(VALUES)
def test_yaml_comes_back_as_it_was(value: Value) -> None:
    assert yaml_reading.read(yaml_writing.written(value, CONTEXT.meter), CONTEXT.meter) == value


@given(
    st.datetimes(datetime(40, 1, 1), datetime(9900, 1, 1)),  # noqa: DTZ001 - the zone is another argument
    st.integers(-23 * 60, 23 * 60),
    st.integers(-(10**9), 10**9),
)
def test_moments_are_those_of_another_calendar(at: datetime, offset: int, seconds: int) -> None:
    start = at.replace(tzinfo=timezone(timedelta(minutes=offset)), microsecond=0)
    found = moment(start.isoformat(), 0)
    later = Moment(found.nanoseconds + duration(f"{seconds}s", 1), found.offset)
    for mine, expected in ((found, start), (later, start + timedelta(seconds=seconds))):
        assert mine.date == (expected.year, expected.month, expected.day)
        assert mine.time == (expected.hour, expected.minute, expected.second)
        assert mine.days % 7 == (expected.weekday() + 4) % 7
        assert str(mine).replace("Z", "+00:00") == expected.isoformat()


@given(st.ip_addresses(), st.integers(0, 32), st.integers(0, 12), st.integers(0, 2**12 - 1))
def test_subnets_are_those_of_python(address: object, length: int, more: int, place: int) -> None:
    network = ip_network(f"{address}/{length}", strict=False)
    if length + more > network.max_prefixlen or place >= 2**more or (int(network.network_address) >> 32) == 0xFFFF:
        return
    start = int(network.network_address) + (place << (network.max_prefixlen - length - more))
    expected = type(network)((start, length + more))
    if network.version == 6 and start >> 32 == 0xFFFF:
        return
    assert value_of(f'cidrsubnet("{network}", {more}, {place})').data == str(expected)


@given(st.text("a*?b", max_size=8), st.text("ab", min_size=1, max_size=8))
def test_names_match_as_in_a_shell(pattern: str, name: str) -> None:
    assert matches(pattern, name, lambda: None) == (re.match(translate(pattern), name) is not None)
