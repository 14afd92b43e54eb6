"""Small accounts for hypothesis, as the JSON of the corpus of verdicts: few of each kind, each about one theme."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from account.themes import THEMES, together
from account.themes.theme import Theme
from account.vocabulary import Raw

POLICIES = ("p1", "p2", "p3", "p4")
ADMIN = "AdministratorAccess"
MIXED = "mixed"
SHARES = {**{name: theme.share for name, theme in THEMES.items()}, MIXED: 3}
_SLOW = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large, HealthCheck.large_base_example]


def examples(count: int) -> settings:
    """The same so many every time."""
    return settings(max_examples=count, deadline=None, derandomize=True, database=None, suppress_health_check=_SLOW)


def accounts(name: str) -> st.SearchStrategy[Raw]:
    """Accounts of one theme, or of two (`mixed`), in which everything is known."""
    if name == MIXED:
        return _mixed()
    theme = THEMES[name]
    return _alike(theme) if theme.alike else _accounts(theme)


def statements(name: str, effect: str) -> st.SearchStrategy[Raw]:
    """Statements of a theme: `allow` or `deny`."""
    return st.sampled_from(THEMES[name].allows if effect == "allow" else THEMES[name].denies)


@st.composite
def _mixed(draw: st.DrawFn) -> Raw:
    one, other = draw(st.permutations(sorted(THEMES)))[:2]
    found: Raw = draw(_accounts(together(THEMES[one], THEMES[other])))
    return found


@st.composite
def _accounts(draw: st.DrawFn, theme: Theme) -> Raw:
    makes = _Maker(draw, theme)
    bounds = [POLICIES[0]] if theme.boundaries else []
    least = 2 if theme.boundaries else 1
    policies = {name: makes.document(bound=name in bounds) for name in POLICIES[: draw(st.integers(least, 3))]}
    makes.policies = [*policies]
    groups = {f"g{n}": makes.holder(1) for n in range(1, draw(st.integers(0, theme.groups)) + 1)}
    users = {f"u{n}": makes.user(n, list(groups)) for n in range(1, draw(st.integers(1, theme.users)) + 1)}
    roles = {f"r{n}": makes.role() for n in range(1, draw(st.integers(min(1, theme.roles), theme.roles)) + 1)}
    compute = [one for one in theme.compute if one["role"] in roles and draw(st.booleans())]
    for group in groups.values():
        group["exclusive"] = draw(st.booleans())
    return {"policies": policies, "users": users, "groups": groups, "roles": roles, "compute": compute}


@st.composite
def _alike(draw: st.DrawFn, theme: Theme) -> Raw:
    """More of a kind than stand for all of it, the last of which may differ."""
    makes = _Maker(draw, theme)
    policies = {name: makes.document() for name in POLICIES[: draw(st.integers(1, 3))]}
    makes.policies = [*policies]
    some = _several(draw, "g", theme.groups, lambda: makes.holder(1))
    users = _several(draw, "u", theme.users, lambda: makes.user(2, list(some)))
    roles = _several(draw, "r", theme.roles, makes.role)
    users["u1"] = makes.user(1, list(some))
    return {"policies": policies, "users": users, "groups": some, "roles": roles}


def _several(draw: st.DrawFn, letter: str, most: int, make: Any) -> dict[str, Raw]:
    count = draw(st.sampled_from((0, 1, most)))
    one = make() if count else {}
    found = {f"{letter}{n}": dict(one) for n in range(1, count + 1)}
    if count > 1 and draw(st.booleans()):
        found[f"{letter}{count}"] = make()
    return found


class _Maker:
    """Draws the parts of an account."""

    def __init__(self, draw: st.DrawFn, theme: Theme) -> None:
        self.draw, self.theme = draw, theme
        self.policies: list[str] = []

    def one(self, choices: Any) -> Any:
        return self.draw(st.sampled_from(choices))

    def document(self, *, bound: bool = False) -> list[Raw]:
        """One or two statements; a boundary's are about rights."""
        if bound and self.draw(st.booleans()):
            return [self.one(self.theme.boundaries)]
        kinds = self.one(("allow", "allow", "deny", "allow allow", "allow deny", "everything deny"))
        return [self._statement(kind) for kind in kinds.split()]

    def _statement(self, kind: str) -> Raw:
        if kind == "everything":
            return {"Effect": "Allow", "Action": "*", "Resource": "*"}
        found: Raw = self.one(self.theme.allows if kind == "allow" else self.theme.denies)
        return found

    def holder(self, most: int) -> Raw:
        """Attached and inline policies."""
        found: Raw = {}
        attached = self.draw(st.lists(st.sampled_from(self.policies), max_size=most, unique=True))
        if self.draw(st.integers(0, 6)) == 0:
            attached = [*attached, ADMIN]
        if attached:
            found["attached"] = attached
        if self.draw(st.booleans()):
            found["inline"] = {"own": self.document()}
        return found

    def user(self, number: int, groups: list[str]) -> Raw:
        """A user; the first is often an administrator behind a gate."""
        found = self.holder(2)
        if number == 1 and self.draw(st.booleans()):
            found["attached"] = list(dict.fromkeys([*found.get("attached", []), ADMIN]))
            found.setdefault("inline", {})["gate"] = [self._statement("deny")]
        joined = self.draw(st.lists(st.sampled_from(groups), max_size=2, unique=True)) if groups else []
        if joined:
            found["groups"] = joined
        if self.draw(st.booleans()):
            found["password"] = True
        return self._bound(found)

    def role(self) -> Raw:
        """A role, worth entering half of the time."""
        found = self.holder(1)
        if self.draw(st.booleans()):
            found["attached"] = list(dict.fromkeys([*found.get("attached", []), ADMIN]))
        found["trust"] = self.one(self.theme.trusts)
        return self._bound(found)

    def _bound(self, found: Raw) -> Raw:
        if self.theme.boundaries and self.draw(st.integers(0, 2)) == 0:
            found["boundary"] = self.policies[0]
        if tags := self.one(self.theme.tags):
            found["tags"] = tags
        if (path := self.one(self.theme.paths)) != "/":
            found["path"] = path
        return found
