"""Rights by way of compute: passing a role to new compute, or taking over compute that has one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from iamgen_rules.account.calls import Target
from iamgen_rules.account.facts import PASS, Path
from iamgen_rules.account.hands import Hands, May, Move, together
from iamgen_rules.account.model import ACCOUNT, Compute, Ref, Role
from iamgen_rules.account.paths import compute_paths
from iamgen_rules.account.session import Session
from iamgen_rules.account.targets import declared, for_service
from iamgen_rules.policy.decision import Policy
from iamgen_rules.policy.escalation import target_types
from iamgen_rules.policy.keys import PASSED_TO
from iamgen_rules.policy.service import may_assume
from iamgen_rules.policy.session import Kind
from iamgen_rules.policy.truth import Truth

_ON_INSTANCES = frozenset({"ssm", "ec2-instance-connect"})


def passed(hands: Hands) -> Iterator[Move]:
    """Roles that new compute can be given."""
    if not hands.ever(PASS):
        return
    paths = [path for path in compute_paths() if not path.existing and hands.ever(*path.actions)]
    for role in hands.asker.index.service_roles if paths else ():
        for path in paths:
            for service in _named_in(hands.asker.index.account.partition, path.passed_to):
                yield from _pass(hands, role, path, service)


def _named_in(partition: str, services: tuple[str, ...]) -> tuple[str, ...]:
    """In China some services have another name as principals, `ec2.amazonaws.com.cn`, and others keep theirs."""
    return (*services, *(f"{one}.cn" for one in services)) if partition == "aws-cn" else services


def _pass(hands: Hands, role: Role, path: Path, service: str) -> Iterator[Move]:
    trusted = _trusts(hands, role, service)
    if trusted.is_no:
        return
    keys = ((PASSED_TO, (service,)),)
    ref = Ref("role", role.name)
    parts = [hands.may(PASS, [declared(hands.asker.index, ref, keys)])]
    if not parts[0][0].is_no:
        parts += [_on_service(hands, action) for action in path.actions if action != PASS]
        truth, calls = together(parts)
        yield Move(f"pass role {role.name} ({path.id})", truth & trusted, calls, (Session(ref, Kind.ROLE),))


def _on_service(hands: Hands, action: str) -> May:
    found = {
        target for one in hands.able(action) for target in for_service(hands.asker, one, action, hands.world.edits)
    }
    return hands.may(action, sorted(found, key=lambda target: target.resource))


def _trusts(hands: Hands, role: Role, service: str) -> Truth:
    key = (role.name, service)
    known = hands.asker.index.trusted_services
    if key not in known:
        known[key] = may_assume(service, Policy(f"the trust of role {role.name}", role.trust), ACCOUNT)
    return known[key]


def existing(hands: Hands) -> Iterator[Move]:
    """Declared compute that has a role and can be taken over."""
    index = hands.asker.index
    if not index.account.compute:
        return
    paths = [path for path in compute_paths() if path.existing and hands.ever(*path.actions)]
    for compute in index.account.compute:
        for path in paths:
            if compute.role in index.roles and any(_acts_on(action, compute) for action in path.actions):
                truth, calls = together(_on_compute(hands, action, compute) for action in path.actions)
                session = Session(Ref("role", compute.role), Kind.ROLE)
                yield Move(f"take over what runs as role {compute.role} ({path.id})", truth, calls, (session,))


def _on_compute(hands: Hands, action: str, compute: Compute) -> May:
    if action == PASS:
        service = f"{compute.arn.split(':')[2]}.amazonaws.com"
        keys = ((PASSED_TO, (service,)),)
        return hands.may(PASS, [declared(hands.asker.index, Ref("role", compute.role), keys)])
    return hands.may(action, [Target(compute.arn)]) if _acts_on(action, compute) else _on_service(hands, action)


def _acts_on(action: str, compute: Compute) -> bool:
    """Whether an action's resource is of the compute's service and type, whose letters ARNs may write otherwise."""
    service, parts = action.split(":", maxsplit=1)[0], compute.arn.split(":", 5)
    same = parts[2] == service or (parts[2] == "ec2" and service in _ON_INSTANCES)
    return same and re.split("[:/]", parts[5])[0].lower() in target_types(action)
