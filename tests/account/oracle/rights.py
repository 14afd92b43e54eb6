"""What somebody can do at once: power, full rights, and giving Allow `*` to somebody."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from account.oracle.contexts import Target
from account.oracle.requests import View
from account.oracle.targets import declared, ghosts, policies
from account.oracle.world import ADMIN, Held, Party
from iamgen_rules.account.model import ACCOUNT
from iamgen_rules.policy.document import Selection

KINDS = {"user": "User", "group": "Group", "role": "Role"}
ON_ROLE = ("iam:AttachRolePolicy", "iam:PutRolePolicy", "iam:UpdateAssumeRolePolicy")
ON_USER = ("iam:CreateAccessKey", "iam:CreateLoginProfile", "iam:UpdateLoginProfile")
REWRITE = ("iam:CreatePolicyVersion", "iam:SetDefaultPolicyVersion")
PROBE = Target(f"arn:aws:zz:eu-west-1:{ACCOUNT}:probe/x")
May = Callable[[str, Target], bool]
_EVERYTHING = (Selection(("*",)), Selection(("*",)), ())


def power(view: View, who: Held) -> bool:
    """Whether a made-up action on a made-up resource is allowed."""
    return view.may(who, "zz:Probe", PROBE)


def full(view: View, who: Held) -> bool:
    """Whether that, and an escalation on the caller itself or on a name that nobody declares, are allowed."""

    def may(action: str, target: Target) -> bool:
        return view.may(who, action, target)

    return power(view, who) and any(_escalations(view, who, may))


def _escalations(view: View, who: Held, may: May) -> Iterator[bool]:
    yield from (on_undeclared(view, "role", action, may) for action in ON_ROLE)
    yield from (on_undeclared(view, "user", action, may) for action in ON_USER)
    yield from (on_undeclared(view, "policy", action, may) for action in REWRITE)
    if not who.is_role:
        yield on_undeclared(view, "group", "iam:AddUserToGroup", may)
    party = view.parties[who.owner]
    holders = [party, *(view.parties["group", group] for group in sorted(party.groups))]
    for holder in holders:
        yield may(f"iam:Put{KINDS[holder.kind]}Policy", declared(view, holder))
        yield bool(attachable(view, holder, may))
        yield any(rewritable(view, policy, may) for policy in holder.attached)


def on_undeclared(view: View, kind: str, action: str, may: May) -> bool:
    """Whether a call on some undeclared name is allowed."""
    if not action.startswith("iam:Attach"):
        return any(may(action, target) for target in ghosts(view, kind))
    return any(
        may(action, target)
        for policy in worth_attaching(view, may)
        for target in ghosts(view, kind, iam_policyarn=policy)
    )


def attachable(view: View, holder: Party, may: May) -> list[str]:
    """Policies that give all rights, or that the attacker can make do so, and that can be attached to somebody."""
    action = f"iam:Attach{KINDS[holder.kind]}Policy"

    def attaches(policy: str) -> bool:
        return may(action, declared(view, holder, iam_policyarn=policy))

    return [ADMIN] if attaches(ADMIN) else [policy for policy in worth_attaching(view, may) if attaches(policy)]


def worth_attaching(view: View, may: May) -> Iterator[str]:
    """Administrator policies, and those that the attacker may write."""
    yield ADMIN
    yield from (one for one in view.policies if one != ADMIN and (gives_all(view, one) or rewritable(view, one, may)))


def rewritable(view: View, policy: str, may: May) -> bool:
    """Whether the attacker may write a new default version of one of the account's own policies."""
    return policy in policies(view) and any(may(action, Target(policy)) for action in REWRITE)


def gives_all(view: View, policy: str) -> bool:
    """Whether a policy allows everything and denies nothing."""
    statements = view.book.documents.all[view.policies[policy]].statements
    free = any((one.actions, one.resources, one.conditions) == _EVERYTHING for one in statements)
    return free and all(one.effect == "Allow" for one in statements)
