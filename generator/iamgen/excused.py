"""What a roster's reasons excuse: the findings of the linter on what the roster asks for.

They are rendered as the linter's own suppressions, so that what somebody wants, and says why, is no news.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime

from iamgen.described import policies_of, ungated
from iamgen.load import Loaded
from iamgen.managed import ADMINISTRATORS, known_name
from iamgen.roster import Group, Roster, boundary_of
from iamgen_rules.source import Place

MFA = Place("mfa")
UNATTACHED = "iamgen: ignore[IAM009] the roster gates nobody, and leaves the policy to whoever attaches it"
Excused = Mapping[Place, tuple[str, ...]]
_NOW = datetime(2026, 1, 1, tzinfo=UTC)  # the same bytes every day


def excused(loaded: Loaded) -> Excused:
    """The codes of what the linter finds, by the part of the roster that is the cause; sorted.

    What is behind the gate is plain from the roster; of what has none the linter is asked.
    """
    roster = loaded.roster
    found = {policies_of(group.name): ("IAM011",) for group in roster.groups if _standing(group)}
    exempt = roster.mfa.change_password_before_mfa and "password" in roster.mfa.self_service
    if exempt and _somebody_may_change_a_password(roster):
        found[MFA] = ("IAM006",)
    return found | (_judged(loaded) if any(one.policies and not one.require_mfa for one in roster.groups) else {})


def _standing(group: Group) -> bool:
    """Whether it surely has standing administrators, behind the gate: others' groups and policies may say otherwise."""
    managed = [known_name(policy) for policy in group.policies if isinstance(policy, str)]
    known = group.create and None not in managed
    return group.require_mfa and known and not set(managed).isdisjoint(ADMINISTRATORS)


def _somebody_may_change_a_password(roster: Roster) -> bool:
    """Whether a boundary lets anybody behind the gate do so; of a group whoever is put in it has none."""
    gated = {group.name for group in roster.groups if group.require_mfa}
    users = [user for user in roster.users if not user.groups or not gated.isdisjoint(user.groups)]
    groups = any(group.create for group in roster.groups if group.require_mfa)
    return groups or not (users or gated) or any(_leaves_passwords(boundary_of(roster, user)) for user in users)


def _leaves_passwords(boundary: str | None) -> bool:
    """Whether a boundary may allow it; what a policy says of which there is only the ARN is not known."""
    from iamgen_rules.account.narrow import bears_on  # other rosters need not load the linter
    from iamgen_rules.policy import aws_managed
    from iamgen_rules.policy.parse import parse

    name = None if boundary is None else known_name(boundary)
    if name is None:
        return True
    document = parse(json.dumps(aws_managed.document(aws_managed.suffix(name) or "")))
    return any(one.effect == "Allow" and bears_on(one, "iam:ChangePassword") for one in document.statements)


def _judged(loaded: Loaded) -> dict[Place, tuple[str, ...]]:
    from iamgen_rules.account.from_resources import accounts
    from iamgen_rules.checks import rules
    from iamgen_rules.engine.running import run
    from iamgen_rules.subject import Subject

    found: dict[Place, set[str]] = {}
    for built in accounts(ungated(loaded)):
        for code, violation in run(Subject(built, _NOW), rules().values()).violations:
            found.setdefault(violation.place, set()).add(code)
    return {place: tuple(sorted(codes)) for place, codes in found.items()}


def unattached(roster: Roster) -> str | None:
    """What to say of the policy where the roster has somebody, and gates nobody."""
    gated = any(group.require_mfa for group in roster.groups) or any(not user.groups for user in roster.users)
    somebody = roster.users or any(group.create or group.policies or group.sudo for group in roster.groups)
    return UNATTACHED if somebody and not gated else None


def told(codes: tuple[str, ...], reason: str) -> str:
    """A reason as the linter reads it, which takes `until=` for a date; where nothing is found, for people alone."""
    if not codes:
        return f"Reason: {reason}"
    return f"iamgen: ignore[{','.join(codes)}] {reason.replace('until=', 'until =')}"
