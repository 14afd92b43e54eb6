"""What a session calls, on something declared or on a name that nobody declares; and the call's keys."""

from __future__ import annotations

from dataclasses import dataclass

from iamgen_rules.account.index import Edit, Edits, Index
from iamgen_rules.account.model import Group, Ref, Role
from iamgen_rules.account.session import Session
from iamgen_rules.policy import identity as policy
from iamgen_rules.policy.decision import Policy
from iamgen_rules.policy.keys import BOUNDARY
from iamgen_rules.policy.request import Held
from iamgen_rules.policy.text import Unknown

Keys = tuple[tuple[str, Held], ...]


@dataclass(frozen=True, slots=True)
class Target:
    """What a call is made on. `holder` is the user, group or role that it is; `entered`: that role is assumed.

    `keys` are set by the call. Of what is not declared no policy can read a tag.
    """

    resource: str
    keys: Keys = ()
    holder: Ref | None = None
    entered: bool = False
    declared: bool = True


@dataclass(frozen=True, slots=True)
class Call:
    """One call of one session."""

    session: Session
    action: str
    target: Target


def with_keys(index: Index, call: Call, edits: Edits) -> policy.Call:
    """The call, with what is known of its target after the edits."""
    target = call.target
    keys: dict[str, tuple[Held | None, ...]] = {key: (held,) for key, held in target.keys}
    if target.holder is None:
        tags: policy.Tags | None = {} if target.declared else None
        return policy.Call(call.action, policy.Target(target.resource, tags), keys)
    own = index.get(target.holder)
    if isinstance(own, Group):
        return policy.Call(call.action, policy.Target(target.resource, {}), keys)
    trust = Policy(f"the trust of {target.holder}", own.trust) if target.entered and isinstance(own, Role) else None
    tagged = Edit("tag", target.holder) in edits
    made_on = policy.Target(target.resource, own.tags, free_tags=tagged, trust=trust)
    return policy.Call(call.action, made_on, _boundary(index, target.holder, edits) | keys)


def _boundary(index: Index, ref: Ref, edits: Edits) -> dict[str, tuple[Held | None, ...]]:
    boundary = index.bounded_by(ref, edits)
    if boundary is None:
        return {}
    missing = boundary.missing
    return {BOUNDARY: (Unknown(", ".join(sorted(missing))) if missing else (boundary.policy,),)}
