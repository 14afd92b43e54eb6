"""`IpAddress`: an address inside a network, of IPv4 or IPv6; an address without `/` is itself only."""

from __future__ import annotations

import ipaddress
import re

from iamgen_rules.policy.operators.operator import Operator, of_text

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
_SLASH = re.compile(r"(?:/[0-9]{1,3})?")


def network(text: str) -> Network | None:
    """A network in CIDR notation, or None."""
    _, slash, length = text.partition("/")
    if not _SLASH.fullmatch(slash + length):
        return None
    try:
        return ipaddress.ip_network(text, strict=False)
    except ValueError:
        return None


def _inside(value: str, text: str) -> bool:
    outer = network(text)
    if outer is None:
        return False
    try:
        return ipaddress.ip_address(value) in outer
    except ValueError:
        return False


OPERATOR = Operator("IpAddress", of_text(_inside))
