"""One question: may each session make this call, through which statements."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain

from iamgen_rules.account.calls import Call, Keys, Target
from iamgen_rules.account.facts import ASSUME, ATTACH, PASS
from iamgen_rules.account.index import Index
from iamgen_rules.account.model import ACCOUNT, Group, Ref, Role, User
from iamgen_rules.account.proof import step
from iamgen_rules.account.session import Session
from iamgen_rules.account.targets import declared, made_up, to_enter
from iamgen_rules.errors import UsageError
from iamgen_rules.gates import naming, telling
from iamgen_rules.policy.escalation import paths, target_types
from iamgen_rules.policy.keys import PASSED_TO, POLICY_ARN
from iamgen_rules.policy.session import Kind, refused_to
from iamgen_rules.policy.text import parts_of
from iamgen_rules.policy.truth import NO, YES, Truth, unknown
from iamgen_rules.why.answer import Question, Reply
from iamgen_rules.why.capabilities import Capabilities
from iamgen_rules.why.statements import Near, bearing, said

_ACTION = re.compile(r"[a-zA-Z0-9-]+:[a-zA-Z0-9]+")
_ARN = re.compile(r"arn:[a-z-]+:[a-z0-9-]+:[a-z0-9-]*:([0-9]*|ACCOUNT|aws):.+")
_OF_IAM = ("user", "group", "role", "policy", "mfa", "saml-provider", "oidc-provider", "instance-profile")
_OWNERS = (("", ""), ("*", ""), ("", ACCOUNT), ("*", ACCOUNT), ("*", "*"))  # ARNs have a region, an account, both, none


def check(action: str, resource: str | None) -> None:
    """Raises UsageError for what is no action or no resource."""
    if not _ACTION.fullmatch(action):
        raise UsageError(f"--action {action!r}: one action is meant, as in iam:CreateUser")
    if resource is not None and resource != "*" and not _ARN.fullmatch(resource):
        raise UsageError(f"--resource {resource!r}: an ARN is meant, as in arn:aws:s3:::bucket, or *")


def question(found: Capabilities, action: str, resource: str | None) -> Question:
    """The answers of every session."""
    on = None if resource is None else as_judged(found, resource)
    return Question(action, resource, tuple(_reply(found, kind, action, on) for kind in found.sessions))


def as_judged(found: Capabilities, resource: str) -> str:
    """An ARN as policies are judged: the digits of an account are of this one, but where a policy has others'."""
    parts = resource.split(":", 5)
    digits = parts[4] if len(parts) == 6 else ""
    if digits == "ACCOUNT" or (re.fullmatch("[0-9]{12}", digits) and not _are_foreign(found, digits)):
        parts[4] = ACCOUNT
    return ":".join(parts)


def _are_foreign(found: Capabilities, digits: str) -> bool:
    bound = found.asker.index.bindings(found.caller, found.edits)
    texts = (text for one in bound for statement in one.document.statements for text in statement.resources.values)
    return any(isinstance(part, str) and digits in part for text in texts for part in parts_of(text))


def _reply(found: Capabilities, kind: Kind, action: str, resource: str | None) -> Reply:
    session = Session(found.caller, kind)
    call = _best(found, (Call(session, action, target) for target in _targets(found, session, action, resource)))
    made = step(found.asker, "", call, found.edits)
    near = (Near(ground, made.request) for ground in bearing(found, call, made.request))
    said_ = (said(found, {kind: one}) for one in near)
    return Reply(
        kind,
        made.allowed & _trust(call),
        naming.whole(made.resource),
        tuple(telling.choices(made)),
        "CloudFormation" if found.asker.reached(call, found.edits).by else "",
        refused_to(kind, action),
        tuple(sorted((one for one in said_ if not one.elsewhere), key=lambda one: one.effect)),
    )


def _trust(call: Call) -> Truth:
    """Whether an undeclared role lets anybody in is not known."""
    assumed = call.action.lower() == ASSUME.lower()
    return YES if call.target.entered or not assumed else unknown(f"the trust of {naming.whole(call.target.resource)}")


def _best(found: Capabilities, calls: Iterator[Call]) -> Call:
    """The first that is allowed, else the first that may be, else the first."""
    best, truth = next(calls), NO
    for call in chain((best,), calls):
        own = found.asker.allowed(call, found.edits) & _trust(call)
        if own.level > truth.level:
            best, truth = call, own
        if truth.is_yes:
            break
    return best


def _targets(found: Capabilities, session: Session, action: str, resource: str | None) -> Iterator[Target]:
    for target in _on(found, session, action, resource):
        for keys in _keys(found.asker.index, action):
            yield replace(target, keys=keys)


def _keys(index: Index, action: str) -> Iterator[Keys]:
    """What the call may set its own keys to."""
    yield ()
    if action.lower() == PASS.lower():
        for service in dict.fromkeys(service for path in paths() for service in path.passed_to):
            yield ((PASSED_TO, (service,)),)
    if action.lower() in {one.lower() for one in ATTACH.values()}:
        for arn in dict.fromkeys((*index.administrator_policies, *sorted(index.policies))):
            yield ((POLICY_ARN, (arn,)),)


def _on(found: Capabilities, session: Session, action: str, resource: str | None) -> Iterator[Target]:
    index = found.asker.index
    if resource is not None:
        yield _named(index, action, resource)
        return
    yield from _made_up(found, session, action)
    yield from _declared(index, action)


def _named(index: Index, action: str, resource: str) -> Target:
    for ref in _refs(index.account.users, index.account.groups, index.account.roles):
        if index.arn(ref) == resource:
            return _target(index, action, ref)
    return Target(resource, declared=resource in index.policies)


def _declared(index: Index, action: str) -> Iterator[Target]:
    """A few of each kind of those that the action is judged on."""
    for ref in _refs(index.distinct_users, index.distinct_groups, index.distinct_roles):
        if ref.kind in target_types(action):
            yield _target(index, action, ref)


def _target(index: Index, action: str, ref: Ref) -> Target:
    entered = ref.kind == "role" and action.lower() == ASSUME.lower()
    return to_enter(index, ref.name) if entered else declared(index, ref)


def _refs(users: Iterable[User], groups: Iterable[Group], roles: Iterable[Role]) -> Iterator[Ref]:
    yield from (Ref("user", one.name) for one in users)
    yield from (Ref("group", one.name) for one in groups)
    yield from (Ref("role", one.name) for one in roles)


def _made_up(found: Capabilities, session: Session, action: str) -> Iterator[Target]:
    """Names that nobody declares, as the policies tell them apart; and none, for what may take no resource."""
    asker, edits = found.asker, found.edits
    types = target_types(action)
    if action.lower().startswith("iam:"):
        for kind in _OF_IAM if types == ("*",) else (one for one in types if one in _OF_IAM):
            yield from made_up(asker, session, (action,), kind, edits)
    else:
        own = {asker.index.arn(Ref("role", role)) for role in asker.index.roles}
        for shape in _shapes(asker.index.account.partition, action):
            suiting = asker.suiting(shape, session, action, edits)
            yield from (Target(arn, declared=False) for arn in suiting if arn not in own)
    if types == ("*",):
        yield Target("*", declared=False)


def _shapes(partition: str, action: str) -> Iterator[str]:
    if action.lower().startswith("sts:"):
        yield f"arn:{partition}:iam::*:role/*"
        return
    service = action.partition(":")[0].lower()
    for region, account in _OWNERS:
        yield f"arn:{partition}:{service}:{region}:{account}:*"
