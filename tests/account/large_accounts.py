"""Large accounts by size: many users in groups, and roles that lead to each other in graphs of several shapes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from account.account_build import account
from iamgen_rules.account.model import Account

Leads = Callable[[int], Sequence[Sequence[int]]]
ROLE = "arn:aws:iam::ACCOUNT:role/"
OWN_KEYS = {"Effect": "Allow", "Action": ["iam:CreateAccessKey"], "Resource": "arn:aws:iam::*:user/${aws:username}"}
ANY_ROLE = {"Effect": "Allow", "Action": "sts:AssumeRole", "Resource": "*"}
LAYER, NEIGHBOURS = 30, 5


def _layers(size: int) -> list[list[int]]:
    """Each role of a layer leads to all of the next."""
    return [list(range(first := (n // LAYER + 1) * LAYER, min(first + LAYER, size))) for n in range(size)]


def _scattered(size: int) -> list[list[int]]:
    """Each role leads to a few others, as if by chance (Knuth's multiplicative hash)."""
    return [[(n * NEIGHBOURS + k) * 2654435761 % 2**32 % size for k in range(NEIGHBOURS)] for n in range(size)]


SHAPES: Mapping[str, Leads] = {
    "chain": lambda size: [[n + 1] if n + 1 < size else [] for n in range(size)],
    "circle": lambda size: [[(n + 1) % size] for n in range(size)],
    "star": lambda size: [list(range(1, size)), *([] for _ in range(size - 1))],
    "hub": lambda size: [*([size - 1] for _ in range(size - 1)), []],
    "layers": _layers,
    "scattered": _scattered,
}
ENDS: Mapping[str, Mapping[str, Any]] = {
    "in an administrator": {"attached": ["AdministratorAccess"]},
    "behind MFA": {"attached": ["AdministratorAccess"], "trust": "trust-account-mfa"},
    "nowhere": {},
}


def roles(leads: Sequence[Sequence[int]], last: Mapping[str, Any], *, own: bool = False) -> dict[str, Any]:
    """Roles of which each may enter those that it leads to; `own`: and has rights that lead nowhere."""
    found: dict[str, Any] = {}
    for number, targets in enumerate(leads):
        statements = [{**ANY_ROLE, "Resource": [f"{ROLE}r{target}" for target in targets]}] if targets else []
        if own:
            statements.append({"Effect": "Allow", "Action": "iam:PassRole", "Resource": f"{ROLE}r{number}"})
        found[f"r{number}"] = {"trust": "trust-account", "inline": {"a": statements} if statements else {}}
    found[f"r{len(leads) - 1}"] |= last
    return found


def users(count: int, *, own: bool = False) -> dict[str, Any]:
    """Users in ten of thirty groups each, some of them behind the gate; `own`: each with a policy of its own."""
    found: dict[str, Any] = {f"u{n}": {"groups": _groups(n)} for n in range(count)}
    for number, user in enumerate(found.values() if own else ()):
        mine = {"Effect": "Allow", "Action": "s3:*", "Resource": f"arn:aws:s3:::home-{number}/*"}
        user["inline"] = {"own": [mine]}
    return found


def _groups(number: int) -> list[str]:
    some = [name for name, every in (("gate", 2), ("admins", 3), ("sudo", 5)) if number % every]
    return some + [f"g{(number + k) % 26:02}" for k in range(10 - len(some))]


GROUPS: Mapping[str, Any] = {
    **{f"g{n:02}": {"attached": ["ReadOnlyAccess"]} for n in range(26)},
    "gate": {"attached": ["gate"], "inline": {"self": [OWN_KEYS]}},
    "admins": {"attached": ["AdministratorAccess"]},
    "sudo": {"inline": {"a": [ANY_ROLE]}},
}


def large(users: Mapping[str, Any], roles: Mapping[str, Any]) -> Account:
    """The account of these."""
    return account({"users": users, "groups": GROUPS if users else {}, "roles": roles})
