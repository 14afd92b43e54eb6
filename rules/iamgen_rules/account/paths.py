"""The escalation paths by way of compute, as the account's attacker uses them."""

from __future__ import annotations

from functools import cache

from iamgen_rules.account.facts import Path
from iamgen_rules.policy import escalation


@cache
def compute_paths() -> tuple[Path, ...]:
    """Every path that passes a role to new compute, or takes over compute that has one."""
    return tuple(
        Path(path.id, path.actions, path.passed_to, path.category == "existing-passrole" or not path.passed_to)
        for path in escalation.paths()
        if path.category in ("new-passrole", "existing-passrole")
    )
