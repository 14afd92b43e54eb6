"""Conditions for the second implementation: each operator as its documentation reads."""

from __future__ import annotations

import base64
import binascii
import ipaddress
import re
from collections.abc import Callable, Sequence
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from policy.oracle_patterns import arn, letters, wild, with_variables
from policy.question import Question

NEGATED = {
    "StringNotEquals": "StringEquals",
    "StringNotEqualsIgnoreCase": "StringEqualsIgnoreCase",
    "StringNotLike": "StringLike",
    "NumericNotEquals": "NumericEquals",
    "DateNotEquals": "DateEquals",
    "NotIpAddress": "IpAddress",
    "ArnNotEquals": "ArnEquals",
    "ArnNotLike": "ArnLike",
}
ORDERS: dict[str, Callable[[Any, Any], bool]] = {
    "Equals": lambda value, limit: value == limit,
    "LessThan": lambda value, limit: value < limit,
    "LessThanEquals": lambda value, limit: value <= limit,
    "GreaterThan": lambda value, limit: value > limit,
    "GreaterThanEquals": lambda value, limit: value >= limit,
}


def condition(written: str, held: Sequence[str] | None, values: list[Any], asked: Question, *, new: bool) -> bool:
    """Whether one operator on one key holds."""
    quantifier, _, name = written.rpartition(":")
    optional = name.endswith("IfExists")
    name = name.removesuffix("IfExists")
    texts = [str(one).lower() if isinstance(one, bool) else str(one) for one in values]
    if name == "Null":
        return any(one.lower() == ("false" if held else "true") for one in texts)
    if not held:
        return quantifier != "ForAnyValue" and (optional or name in NEGATED or quantifier == "ForAllValues")
    if len(held) > 1 and not quantifier:
        return asked.open("several values without a quantifier")
    each = [any(matches(NEGATED.get(name, name), one, text, asked, new=new) for text in texts) for one in held]
    satisfied = [one != (name in NEGATED) for one in each]
    if not quantifier:
        return satisfied[0]
    answer = all(satisfied) if quantifier == "ForAllValues" else any(satisfied)
    if "".join(held) == "" and answer != (quantifier == "ForAllValues"):
        return asked.open("an empty value with a quantifier")
    return answer


def matches(name: str, held: str, text: str, asked: Question, *, new: bool) -> bool:
    """Whether one value matches one value of a policy."""
    if "${" in text and new and not name.startswith(("String", "Arn")):
        return asked.open("a variable where none can be")
    pattern = with_variables(text, asked) if name.startswith(("String", "Arn")) and new else letters(text)
    if pattern is None:
        return False
    plain = "".join(letter for letter, _ in pattern)
    if name.startswith("Numeric"):
        return ordered(name.removeprefix("Numeric"), decimal(held), decimal(text))
    if name.startswith("Date"):
        years = re.fullmatch("[0-9]{4}", held) or re.fullmatch("[0-9]{4}", text)
        if years and date(held) is not None and date(text) is not None:
            return asked.open("a year, or so many seconds")
        return ordered(name.removeprefix("Date"), date(held), date(text))
    simple: dict[str, Callable[[], bool]] = {
        "StringEquals": lambda: plain == held,
        "StringEqualsIgnoreCase": lambda: plain.lower() == held.lower(),
        "StringLike": lambda: wild(pattern, held),
        "ArnEquals": lambda: held.startswith("arn:") and arn(pattern, held),
        "ArnLike": lambda: held.startswith("arn:") and arn(pattern, held),
        "Bool": lambda: plain.lower() == held.lower() in ("true", "false"),
        "BinaryEquals": lambda: decoded(text) is not None and decoded(text) == decoded(held),
        "IpAddress": lambda: within(held, text),
    }
    return simple[name]()


def ordered(name: str, held: Decimal | None, limit: Decimal | None) -> bool:
    """Whether both are numbers in this order."""
    return held is not None and limit is not None and ORDERS[name](held, limit)


def decimal(text: str) -> Decimal | None:
    """A number."""
    try:
        return Decimal(text) if re.fullmatch(r"[-+0-9.eE]+", text) else None
    except InvalidOperation:
        return None


def date(text: str) -> Decimal | None:
    """A point in time, in the zone that it names, else in UTC."""
    for shape in ("%Y-%m", "%Y-%m-%d", "%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M:%S.%f"):
        zone = "" if "T" in text else "+0000"
        try:
            return Decimal(str(datetime.strptime(text + zone, f"{shape}%z").timestamp()))
        except ValueError:
            continue
    return decimal(text)


def decoded(text: str) -> bytes | None:
    """Bytes in base64."""
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error:
        return None


def within(held: str, text: str) -> bool:
    """Whether an address is in a network: the same leading bits."""
    try:
        address, network = ipaddress.ip_address(held), ipaddress.ip_interface(text)
    except ValueError:
        return False
    length = network.network.prefixlen
    shift = network.max_prefixlen - length
    return address.version == network.version and int(address) >> shift == int(network.ip) >> shift
