"""Functions of IP networks.

Source: "IP Network Functions" (Terraform documentation); where it is silent, what Terraform 1.11 answers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address

from iamgen_rules.terraform.evaluation_error import EvaluationError
from iamgen_rules.terraform.functions.arguments import number, string, strings, text, whole
from iamgen_rules.terraform.functions.function import Function, Parameter
from iamgen_rules.terraform.scope import Context
from iamgen_rules.terraform.types import NUMBER, STRING, list_of
from iamgen_rules.terraform.values import Value, unknown

_PREFIX = Parameter("prefix", STRING)
_LEADING_ZEROS = re.compile(r"(?<![0-9a-fA-F])0+(?=[0-9a-fA-F])")  # Go reads them as decimal, Python refuses them
_MOST_NEW_BITS = 32


@dataclass(frozen=True)
class _Network:
    """`first` is its lowest address; `bits` an address has, `length` of them are the network's."""

    first: int
    length: int
    bits: int

    @property
    def size(self) -> int:
        return 1 << (self.bits - self.length)

    @property
    def is_mapped(self) -> bool:
        """IPv4 written as IPv6: Go counts its bits now so, now so."""
        return self.bits == 128 and self.length >= 96 and self.first >> 32 == 0xFFFF

    def __str__(self) -> str:
        return f"{_address(self.first, self.bits)}/{self.length}"


def _address(value: int, bits: int) -> str:
    if bits == 32 or value >> 32 == 0xFFFF:
        return str(IPv4Address(value & 0xFFFF_FFFF))
    return IPv6Address(value).compressed


def _network(value: Value) -> _Network:
    address, slash, length = text(value).partition("/")
    try:
        found = ip_address(_LEADING_ZEROS.sub("", address))
    except ValueError as error:
        raise EvaluationError(f"invalid CIDR expression: {error}", argument=0) from error
    bits = found.max_prefixlen
    if "%" in address or not slash or not re.fullmatch("[0-9]{1,6}", length) or int(length) > bits:
        raise EvaluationError(f"invalid CIDR expression: {text(value)}", argument=0)
    return _Network(int(found) >> (bits - int(length)) << (bits - int(length)), int(length), bits)


def _cidrhost(arguments: Sequence[Value], context: Context) -> Value:
    network, host = _network(arguments[0]), number(arguments[1])
    if not isinstance(host, int):
        raise EvaluationError("value must be a whole number", argument=1)
    if network.is_mapped:
        return _strange(arguments[0])
    place = host if host >= 0 else network.size + host
    if not 0 <= place < network.size:
        raise EvaluationError(f"prefix of {network.length} does not accommodate a host numbered {host}", argument=1)
    return string(_address(network.first + place, network.bits), context)


def _cidrnetmask(arguments: Sequence[Value], context: Context) -> Value:
    network = _network(arguments[0])
    if network.is_mapped:
        return _strange(arguments[0])
    if network.bits == 128:
        raise EvaluationError(f"IPv6 addresses cannot have a netmask: {text(arguments[0])}", argument=0)
    return string(_address((1 << 32) - network.size, 32), context)


def _cidrsubnet(arguments: Sequence[Value], context: Context) -> Value:
    network, more, place = _network(arguments[0]), whole(arguments[1], 1), number(arguments[2])
    if not isinstance(place, int):
        raise EvaluationError("value must be a whole number", argument=2)
    if network.length + more > network.bits:
        message = f"insufficient address space to extend prefix of {network.length} by {more}"
        raise EvaluationError(message, argument=1)
    if more < 0 or place < 0 or network.is_mapped:
        return _strange(arguments[0])
    if place >= 1 << more:
        raise EvaluationError(f"prefix extension of {more} does not accommodate a subnet numbered {place}", argument=2)
    length = network.length + more
    return string(str(_Network(network.first + (place << (network.bits - length)), length, network.bits)), context)


def _strange(prefix: Value) -> Value:
    """Negative numbers, and IPv4 written as IPv6: Terraform answers, but nobody can have meant what it says."""
    return unknown(STRING, f"a subnet of {text(prefix)}")


def _cidrsubnets(arguments: Sequence[Value], context: Context) -> Value:
    network = _network(arguments[0])
    if network.is_mapped:
        return unknown(list_of(STRING), f"subnets of {text(arguments[0])}")
    made: list[str] = []
    free = network.first
    for argument, value in enumerate(arguments[1:], start=1):
        found = _next(network, free, whole(value, argument), argument)
        free = found.first + found.size
        made.append(str(found))
    return strings(made, context)


def _next(network: _Network, free: int, more: int, argument: int) -> _Network:
    """The first subnet from an address on; Terraform finds none where the whole begins with the address 0."""
    if not 1 <= more <= _MOST_NEW_BITS:
        raise EvaluationError(
            f"must extend prefix by at least one bit, and at most {_MOST_NEW_BITS}", argument=argument
        )
    length = network.length + more
    if length > network.bits:
        raise EvaluationError(f"would extend prefix to {length} bits, which is too long", argument=argument)
    size = 1 << (network.bits - length)
    first = -(-free // size) * size
    if network.first == 0 or first >= network.first + network.size:
        message = f"not enough remaining address space for a subnet with a prefix of {length} bits"
        raise EvaluationError(message, argument=argument)
    return _Network(first, length, network.bits)


FUNCTIONS = {
    "cidrhost": Function(_cidrhost, (_PREFIX, Parameter("hostnum", NUMBER)), result=STRING),
    "cidrnetmask": Function(_cidrnetmask, (_PREFIX,), result=STRING),
    "cidrsubnet": Function(
        _cidrsubnet, (_PREFIX, Parameter("newbits", NUMBER), Parameter("netnum", NUMBER)), result=STRING
    ),
    "cidrsubnets": Function(_cidrsubnets, (_PREFIX,), Parameter("newbits", NUMBER), list_of(STRING)),
}
