"""The escalation paths by way of compute, as the account's attacker uses them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from iamgen_rules.account.facts import Path
from iamgen_rules.policy import escalation


@cache
def compute_paths() -> tuple[Path, ...]:
    """Every path that passes a role to new compute, or takes over compute that has one."""
    by_compute = (path for path in escalation.paths() if path.category in ("new-passrole", "existing-passrole"))
    known = (
        Path(path.id, path.actions, path.passed_to, path.category == "existing-passrole" or not path.passed_to)
        for path in by_compute
    )
    return (*known, *_of_other_catalogues())


def _of_other_catalogues() -> Iterator[Path]:
    """What they know more: other calls that take over compute that is there."""
    known = [frozenset(path.actions) for path in escalation.paths()]
    for name, actions in escalation.known_sets().items():
        on_something = all(escalation.target_types(action) != ("*",) for action in actions)
        of_iam = any(action.startswith("iam:") for action in actions)
        if on_something and not of_iam and not any(path <= actions for path in known):
            yield Path(name, tuple(sorted(actions)), (), existing=True)
