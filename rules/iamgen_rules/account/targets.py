"""What calls are made on: declared users, groups, roles and policies, and names that nobody declares."""

from __future__ import annotations

from iamgen_rules.account.ask import Asker
from iamgen_rules.account.calls import Keys, Target
from iamgen_rules.account.index import Edits, Index
from iamgen_rules.account.model import ACCOUNT, NONE, Ref
from iamgen_rules.account.session import Session
from iamgen_rules.policy.escalation import target_types
from iamgen_rules.policy.targets import MADE_UP
from iamgen_rules.policy.witnesses import NamedLike

_BEFORE_A_NAME = {"lambda": ":"}


def declared(index: Index, ref: Ref, keys: Keys = ()) -> Target:
    """A declared user, group or role; further keys are set by the call."""
    return Target(index.arn(ref), keys, ref)


def to_enter(index: Index, role: str) -> Target:
    """A declared role to be assumed."""
    ref = Ref("role", role)
    return Target(index.arn(ref), (), ref, entered=True)


def undeclared(index: Index, kind: str) -> str:
    """The ARN of an IAM resource that nobody declares and no policy speaks of."""
    return index.account.arn(kind, MADE_UP)


def renamed(asker: Asker, session: Session, ref: Ref, action: str, edits: Edits) -> tuple[Target, ...]:
    """A user under every name and path that it could get, as the policies on the action tell them apart."""
    index = asker.index
    taken = NamedLike(index.names["user"] - {ref.name.lower()})
    found = asker.suiting(index.account.arn("user", "*"), session, action, edits, taken)
    return tuple(Target(arn, holder=ref) for arn in found if arn != index.arn(ref))


def probe(index: Index) -> str:
    """The ARN of something that no policy can have meant."""
    return f"arn:{index.account.partition}:zz:us-east-1:{ACCOUNT}:probe/{MADE_UP}"


def administrator_policy(index: Index) -> str:
    """The ARN that an attacker attaches first."""
    return index.administrator_policies[0]


def made_up(asker: Asker, session: Session, actions: tuple[str, ...], kind: str, edits: Edits) -> tuple[Target, ...]:
    """Undeclared IAM resources of a kind, as the policies on the actions tell them apart."""
    index = asker.index
    shape, names = index.account.arn(kind, "*"), NamedLike(index.names.get(kind, NONE))
    found = {arn for action in actions for arn in asker.suiting(shape, session, action, edits, names)}
    return tuple(Target(arn, declared=False) for arn in sorted(found))


def for_service(asker: Asker, session: Session, action: str, edits: Edits) -> tuple[Target, ...]:
    """Things that need not exist, on which a service's action may be allowed."""
    types = target_types(action)
    if types == ("*",):
        return (Target("*", declared=False),)
    service = action.partition(":")[0]
    start = f"arn:{asker.index.account.partition}:{service}:*:{ACCOUNT}:"
    shapes = [f"{start}{one}{_BEFORE_A_NAME.get(service, '/')}*" for one in types]
    found = {arn for shape in shapes for arn in asker.suiting(shape, session, action, edits)}
    return tuple(Target(arn, declared=False) for arn in sorted(found))
