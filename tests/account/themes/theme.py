"""What a kind of small account is about."""

from __future__ import annotations

from dataclasses import dataclass, field

from account import vocabulary as words
from account.vocabulary import Raw, trust


@dataclass(frozen=True)
class Theme:
    """Statements to draw from: grants, Denies and boundaries; trust policies; how many there are of each kind.

    `share` is how many of a hundred accounts are of this theme.
    """

    share: int
    allows: list[Raw]
    denies: list[Raw]
    boundaries: list[Raw] = field(default_factory=list)
    trusts: list[list[Raw]] = field(default_factory=lambda: [[trust(words.ROOT)]])
    tags: tuple[Raw, ...] = ({},)
    paths: tuple[str, ...] = ("/",)
    users: int = 3
    groups: int = 1
    roles: int = 0
    compute: tuple[Raw, ...] = ()
    alike: bool = False
