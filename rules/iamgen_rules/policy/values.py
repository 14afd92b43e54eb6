"""What values a condition key can have: AWS sends an address for `aws:SourceIp`, never a network.

Source: "AWS global condition context keys" (IAM User Guide), data type and value type of each. Of the keys of services,
which are many, the operators tell the type.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from iamgen_rules.policy.operators.operator import moment, number

_SEVERAL = frozenset(
    {
        "aws:calledvia",
        "aws:principalorgpaths",
        "aws:principalservicenameslist",
        "aws:resourceorgpaths",
        "aws:sourceorgpaths",
        "aws:tagkeys",
        "aws:vpceorgpaths",
        "sts:transitivetagkeys",
    }
)
_WITH_ONE = ("aws:", "iam:", "sts:")


@dataclass(frozen=True, slots=True)
class Type:
    """Which texts are values of the type, and some that are; `finite` where these are all."""

    has: Callable[[str], bool]
    examples: tuple[str, ...]
    finite: bool = False


def _is_address(text: str) -> bool:
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return False
    return not (address.is_unspecified or address.is_loopback or address.is_multicast or address.is_reserved)


def _is_number(text: str) -> bool:
    """Counts, sizes, ages: none is below 0."""
    value = number(text)
    return isinstance(value, float) and value >= 0


ADDRESS = Type(_is_address, ("198.51.100.77", "2001:db8::77", "203.0.113.199"))
BOOLEAN = Type(("true", "false").__contains__, ("true", "false"), finite=True)
DATE = Type(lambda text: isinstance(moment(text), float), ("2030-01-01T00:00:00Z", "2031-07-11T13:17:19Z"))
NUMBER = Type(_is_number, ("0", "1237", "54321"))
_OF_KEY = {
    "aws:currenttime": DATE,
    "aws:ec2instancesourceprivateipv4": ADDRESS,
    "aws:epochtime": DATE,
    "aws:ismcpserviceaction": BOOLEAN,
    "aws:multifactorauthage": NUMBER,
    "aws:multifactorauthpresent": BOOLEAN,
    "aws:principalisawsservice": BOOLEAN,
    "aws:securetransport": BOOLEAN,
    "aws:sourceip": ADDRESS,
    "aws:tokenissuetime": DATE,
    "aws:viaawsmcpservice": BOOLEAN,
    "aws:viaawsservice": BOOLEAN,
    "aws:vpcsourceip": ADDRESS,
}


def type_of(key: str, operators: Iterable[str]) -> Type | None:
    """The type of a key, in lower case, that these operators ask about; None where any text may be its value."""
    if key.startswith("aws:") or "/" in key:
        return _OF_KEY.get(key)
    found = {_of_operator(operator) for operator in operators if operator != "Null"}
    return found.pop() if len(found) == 1 else None


def _of_operator(operator: str) -> Type | None:
    for word, type_ in (("Numeric", NUMBER), ("Date", DATE), ("Bool", BOOLEAN), ("IpAddress", ADDRESS)):
        if word in operator:
            return type_
    return None


def may_be_empty(key: str) -> bool:
    """Whether AWS sends a value of no letters, which a tag may have."""
    return "/" in key


def has_several(key: str) -> bool:
    """Whether AWS says that one request may have several values of a key."""
    return key in _SEVERAL


def may_have_several(key: str) -> bool:
    """Whether one request may have several values of a key, as far as is known: of a service's keys little is."""
    return has_several(key) or not (key.startswith(_WITH_ONE) or "/" in key)
