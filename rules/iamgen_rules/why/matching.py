"""Whom a text means: a principal's name, address, ARN, or `user:NAME` where several kinds have one name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from iamgen_rules.account.model import Account, Group, Ref, Role, User

_ARN = re.compile(r"arn:[a-z-]+:iam::[^:]*:(user|group|role)/(?:.*/)?([^/]+)")
_KIND = re.compile(r"^(?:user|group|role)[:/ ]")
_MOST_NEAR, _LONGEST = 3, 140


def everybody(account: Account) -> Iterator[tuple[Ref, User | Group | Role]]:
    """The users, groups and roles."""
    yield from ((Ref("user", one.name), one) for one in account.users)
    yield from ((Ref("group", one.name), one) for one in account.groups)
    yield from ((Ref("role", one.name), one) for one in account.roles)


def meant(text: str, account: Account) -> tuple[Ref, ...]:
    """Those whom a text means. IAM's names are unique without regard to case ("IAM identifiers", IAM User Guide)."""
    wanted = text.strip()
    by_address = tuple(ref for ref, one in everybody(account) if one.address == wanted)
    return by_address or tuple(ref for ref, _ in everybody(account) if wanted.lower() in names(ref) or _is(wanted, ref))


def names(ref: Ref) -> tuple[str, ...]:
    """What it is called, in lower case: `alice`, `user:alice`, `user/alice`, `user alice`."""
    name = ref.name.lower()
    return (name, *(f"{ref.kind}{mark}{name}" for mark in ":/ "))


def _is(text: str, ref: Ref) -> bool:
    found = _ARN.fullmatch(text)
    return found is not None and (found[1], found[2].lower()) == (ref.kind, ref.name.lower())


def near(text: str, known: Iterable[str]) -> list[str]:
    """The known names that a text is a part of; else those that are near, the nearest first."""
    wanted = _KIND.sub("", text.strip().lower())
    if not 0 < len(wanted) <= _LONGEST:
        return []
    folded = {name.lower(): name for name in known}
    found = [low for low in sorted(folded) if wanted in low] or get_close_matches(wanted, folded, _MOST_NEAR)
    return [folded[low] for low in found[:_MOST_NEAR]]


def shown(text: str) -> str:
    """A text in quotes, cut short, with nothing in it that a terminal would obey."""
    return repr(text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…")
