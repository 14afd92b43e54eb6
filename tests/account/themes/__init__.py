"""The themes of small accounts, and what two of them make together."""

from __future__ import annotations

from account.themes.policies import POLICIES
from account.themes.requests import REQUESTS
from account.themes.sessions import SESSIONS
from account.themes.theme import Theme

THEMES: dict[str, Theme] = {**POLICIES, **REQUESTS, **SESSIONS}


def together(one: Theme, other: Theme) -> Theme:
    """A theme of two."""
    return Theme(
        one.share,
        one.allows + other.allows,
        one.denies + other.denies,
        boundaries=one.boundaries + other.boundaries,
        trusts=one.trusts + other.trusts,
        tags=one.tags + other.tags,
        paths=one.paths + other.paths,
        users=3,
        groups=2,
        roles=2,
        compute=one.compute + other.compute,
    )
