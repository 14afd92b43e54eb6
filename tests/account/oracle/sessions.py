"""Sessions that the attacker can come by: roles, users, federated users, compute."""

from __future__ import annotations

import re
from collections.abc import Iterator

from account.oracle.contexts import Target
from account.oracle.requests import View
from account.oracle.targets import declared, device, new_compute, old_compute, on_service
from account.oracle.world import EVERYBODY_NUMBER, Held, Party, State
from iamgen_rules.account.model import ACCOUNT, Compute

ALIASES = ("u1", "x", "nobody")


def new_sessions(view: View, no_entry: tuple[str, str] | None) -> Iterator[State]:
    """The state with one more session, or with a role opened to everybody."""
    for role in [party for party in view.state.parties if party.kind == "role"]:
        yield from _entered(view, role, no_entry)
        yield from _opened(view, role)
        yield from _passed(view, role)
    for user in [party for party in view.state.parties if party.kind == "user"]:
        yield from _taken_over(view, user)
        yield from _federated(view, user)
    for compute in view.book.account.compute:
        yield from _compute(view, compute)


def _entered(view: View, role: Party, no_entry: tuple[str, str] | None) -> Iterator[State]:
    target = declared(view, role, trust=role.trust)
    for who in sorted(view.state.held):
        session = Held("role-mfa" if who.kind in ("mfa", "role-mfa") else "role", role.name)
        is_new = session not in view.state.held and who.owner not in (role.key, no_entry)
        if is_new and view.may(who, "sts:AssumeRole", target):
            yield view.state.holding(session)


def _opened(view: View, role: Party) -> Iterator[State]:
    """A trust that names everybody lets the attacker in from an account of its own, where it may have MFA."""
    session = Held("role", role.name)
    if view.can("iam:UpdateAssumeRolePolicy", declared(view, role)):
        opened = view.state.changed(role, role._replace(trust=EVERYBODY_NUMBER))
        yield opened.holding(session, Held("role-mfa", role.name))
    for provider in _saml_providers(view, role):
        if view.can("iam:UpdateSAMLProvider", Target(provider)):
            yield view.state.holding(session)


def _saml_providers(view: View, role: Party) -> Iterator[str]:
    for statement in view.book.documents.all[role.trust].statements:
        for principal in statement.principals if statement.effect == "Allow" else ():
            if ":saml-provider/" in str(principal.value):
                yield str(principal.value)


def _passed(view: View, role: Party) -> Iterator[State]:
    session = Held("role", role.name)
    if session in view.state.held or not view.able("iam:PassRole"):
        return
    for path in new_compute():
        for service in path.passed_to:
            if view.book.trusts(role.trust, service) and view.can(
                "iam:PassRole", declared(view, role, iam_passedtoservice=service)
            ):
                others = [action for action in path.actions if action != "iam:PassRole"]
                if all(any(view.can(action, target) for target in on_service(action)) for action in others):
                    yield view.state.holding(session)
                    return


def _compute(view: View, compute: Compute) -> Iterator[State]:
    """Declared compute that already has a role."""
    service, type_ = compute.arn.split(":")[2], _type(compute.arn)
    session = Held("role", compute.role)
    if session in view.state.held or ("role", compute.role) not in view.parties:
        return
    for path in old_compute():
        on_it = [action for action in path.actions if _acts_on(action, service, type_)]
        if on_it and all(
            any(view.can(action, target) for target in _targets(view, compute, action, on_it))
            for action in path.actions
        ):
            yield view.state.holding(session)
            return


def _acts_on(action: str, service: str, type_: str) -> bool:
    """Whether an action may be on this compute: its service's, or Systems Manager's and Instance Connect's on EC2."""
    own = action.split(":", 1)[0]
    same = own == service or (service == "ec2" and own in ("ssm", "ec2-instance-connect"))
    return same and any(_type(target.arn) == type_ for target in on_service(action))


def _type(arn: str) -> str:
    return re.split("[:/]", arn.split(":", 5)[-1])[0]


def _targets(view: View, compute: Compute, action: str, on_it: list[str]) -> list[Target]:
    if action in on_it:
        return [Target(compute.arn)]
    if action == "iam:PassRole":
        service = compute.arn.split(":")[2]
        return [declared(view, view.parties["role", compute.role], iam_passedtoservice=f"{service}.amazonaws.com")]
    return on_service(action)


def _taken_over(view: View, user: Party) -> Iterator[State]:
    target = declared(view, user)
    key = Held("access-key", user.name) in view.state.held or view.can("iam:CreateAccessKey", target)
    reset = view.can("iam:UpdateLoginProfile", target)
    if key:
        yield view.state.holding(Held("access-key", user.name))
    if reset or (not user.password and view.can("iam:CreateLoginProfile", target)):
        yield view.state.holding(Held("no-mfa", user.name))
    if (key or reset) and _device(view, user):
        yield view.state.holding(Held("mfa", user.name))


def _device(view: View, user: Party) -> bool:
    """Whether others may make a device and enable it: nobody adds a first one to a user who has one, but others."""
    made = any(view.can("iam:CreateVirtualMFADevice", device(name), but=user.key) for name in ("x", user.name))
    return made and view.can("iam:EnableMFADevice", declared(view, user), but=user.key)


def _federated(view: View, user: Party) -> Iterator[State]:
    who = Held("access-key", user.name)
    for alias in (user.name, *ALIASES) if who in view.state.held else ():
        if view.may(who, "sts:GetFederationToken", Target(f"arn:aws:sts::{ACCOUNT}:federated-user/{alias}")):
            yield view.state.holding(Held("federated", user.name, alias))
