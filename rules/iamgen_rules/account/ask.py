"""One question: may this session make this call, after these edits? Asked once only."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import NamedTuple

from iamgen_rules.account.apart import Apart
from iamgen_rules.account.binding import EVERYTHING, as_boundary
from iamgen_rules.account.calls import Call, with_keys
from iamgen_rules.account.facts import ASSUME
from iamgen_rules.account.index import Edit, Edits, Index
from iamgen_rules.account.model import NONE, Ref
from iamgen_rules.account.named import names
from iamgen_rules.account.session import Session, identity
from iamgen_rules.policy import identity as policy
from iamgen_rules.policy import session as sessions
from iamgen_rules.policy.ask import Reached, ask, forwarding
from iamgen_rules.policy.decision import Policies, Policy
from iamgen_rules.policy.document import Document, Statement
from iamgen_rules.policy.identity import Identity
from iamgen_rules.policy.keys import of_target
from iamgen_rules.policy.request import Request
from iamgen_rules.policy.session import Kind
from iamgen_rules.policy.steps import tick
from iamgen_rules.policy.targets import made_up
from iamgen_rules.policy.truth import NO, Truth
from iamgen_rules.policy.witnesses import Avoided


class _Bearing(NamedTuple):
    """The policies that bear on an action, what they tell of calls, and whether any statement allows one."""

    policies: Policies
    apart: Apart
    allows: bool


class Asker:
    """Answers questions about one account, and remembers the answers."""

    def __init__(self, index: Index, now: datetime) -> None:
        """`now` is the moment of every call."""
        self.index, self.now = index, now
        self._answers: dict[tuple[str, Edits, Hashable], Truth] = {}
        self._ever: dict[tuple[Session, str, Edits], bool] = {}
        self._forwards: dict[tuple[Session, Edits], tuple[Reached, ...]] = {}
        self._identities: dict[tuple[Ref, Edits], Identity] = {}
        self._narrowed: dict[tuple[Ref, str, Edits], _Bearing] = {}
        self._named: dict[tuple[Session, str, Edits], frozenset[str] | None] = {}
        self._suiting: dict[tuple[str, Session, str, Edits, Avoided], tuple[str, ...]] = {}

    def allowed(self, call: Call, edits: Edits) -> Truth:
        """The best that the call can come to. Calls on targets that no policy tells apart are asked once."""
        tick()
        if not call.target.entered and not self._bearing(call.session.ref, call.action, edits).allows:
            return NO
        key = (call.action, edits, self._told(call, edits))
        if key not in self._answers:
            self._answers[key] = self.reached(call, edits).allowed
        return self._answers[key]

    def _told(self, call: Call, edits: Edits) -> Hashable:
        """The session and the target, as far as the policies can tell them from others."""
        session, target = call.session, call.target
        apart = self._bearing(session.ref, call.action, edits).apart
        trust = self.index.trusts[target.holder.name] if target.entered and target.holder is not None else None
        held = _held(session, of_mfa=apart.of_mfa or (trust is not None and trust.of_mfa))
        names_itself = Edit("rename", session.ref) in edits and ":user/" in target.resource
        if apart.wholly or names_itself or (trust is not None and trust.wholly):
            return held, target
        return held, apart.seen(target.resource), target.keys, trust

    def reached(self, call: Call, edits: Edits) -> Reached:
        """The same with the request that comes to it, asked anew."""
        asked = with_keys(self.index, call, edits)
        policies = self._bearing(call.session.ref, call.action, edits).policies
        return self._asked(call.session, asked, policies, edits)

    def ever(self, session: Session, action: str, edits: Edits) -> bool:
        """Whether the session may make the call on anything at all: where not, no target needs to be asked about."""
        tick()
        key = (_held(session, of_mfa=self._bearing(session.ref, action, edits).apart.of_mfa), action, edits)
        if key not in self._ever:
            self._ever[key] = self._may_ever(session, action, edits)
        return self._ever[key]

    def _may_ever(self, session: Session, action: str, edits: Edits) -> bool:
        """Allow everything that is allowed on something, and keep the Denies that hold on everything."""
        bearing = self._bearing(session.ref, action, edits)
        if action != ASSUME and not bearing.allows:
            return False
        denies = tuple(replace(one, document=_on_everything(one.document)) for one in bearing.policies.identity)
        if not any(one.document.statements for one in denies):
            return True
        wide = Policies((Policy("", EVERYTHING), *denies))
        return not self._asked(session, policy.Call(action, policy.Target("*", {})), wide, edits).allowed.is_no

    def _asked(self, session: Session, call: policy.Call, policies: Policies, edits: Edits) -> Reached:
        by = partial(self._forwarding, session, edits)
        return ask(self._session(session, edits), call, policies, now=self.now, by=by)

    def _forwarding(self, session: Session, edits: Edits) -> tuple[Reached, ...]:
        key = (session, edits)
        if key not in self._forwards:
            policies = self.policies(session.ref, edits)
            self._forwards[key] = forwarding(self._session(session, edits), policies, now=self.now)
        return self._forwards[key]

    def request(self, session: Session, edits: Edits) -> Request:
        """A request of the session, for the keys that all of them have."""
        anything = policy.Call("*", policy.Target("*", {}))
        return next(sessions.requests(self._session(session, edits), anything, self.now))

    def suiting(
        self, shape: str, session: Session, action: str, edits: Edits, avoided: Avoided = frozenset()
    ) -> tuple[str, ...]:
        """ARNs of a shape, none `avoided`, one for each way of meeting the session's policies on the action."""
        key = (shape, session, action, edits, avoided)
        if key not in self._suiting:
            policies = self._bearing(session.ref, action, edits).policies
            like = self.request(session, edits)
            self._suiting[key] = made_up(shape, action, policies, like=like, avoided=avoided)
        return self._suiting[key]

    def named(self, session: Session, action: str, edits: Edits) -> frozenset[str] | None:
        """The last names of what the session may be allowed to make the call on; None where any name may fit."""
        if Edit("rename", session.ref) in edits:
            return None
        key = (session, action, edits)
        if key not in self._named:
            lookup = self.request(session, edits).single
            self._named[key] = names(self._bearing(session.ref, action, edits).policies, lookup)
        return self._named[key]

    def _session(self, session: Session, edits: Edits) -> sessions.Session:
        key = (session.ref, edits)
        if key not in self._identities:
            self._identities[key] = identity(self.index, session.ref, edits)
        return sessions.Session(self._identities[key], session.kind)

    def policies(self, ref: Ref, edits: Edits, action: str = "") -> Policies:
        """All policies of a user or role; where an action is given only their statements that bear on it."""
        identity: list[Policy] = []
        boundary: Policy | None = None
        for binding in self.index.bindings(ref, edits):
            kept = self.index.narrowed.to(binding.document, action) if action else binding.document
            if binding.how == "boundary":
                boundary = Policy(binding.label, as_boundary(replace(binding, document=kept or Document())))
            elif kept is not None:
                identity.append(Policy(binding.label, kept))
        return Policies(tuple(identity), boundary)

    def _bearing(self, ref: Ref, action: str, edits: Edits) -> _Bearing:
        key = (ref, action, edits)
        if key not in self._narrowed:
            policies = self.policies(ref, edits, action)
            self._narrowed[key] = _Bearing(policies, Apart(policies), _allow_something(policies))
        return self._narrowed[key]


def _held(session: Session, *, of_mfa: bool) -> Session:
    """A session, or the first of those that differ from it in MFA alone."""
    if of_mfa or session.kind is Kind.FEDERATED:
        return session
    return Session(session.ref, Kind.ROLE if session.ref.kind == "role" else Kind.ACCESS_KEY)


def _on_everything(document: Document) -> Document:
    """Only the Denies on every resource whose conditions say nothing of the target."""
    kept = tuple(one for one in document.statements if one.effect == "Deny" and _everywhere(one))
    return replace(document, statements=kept, missing=NONE)


def _everywhere(statement: Statement) -> bool:
    conditions = all(not of_target(one.key) and not one.key.startswith("iam:") for one in statement.conditions)
    return not statement.resources.inverted and "*" in statement.resources.values and conditions


def _allow_something(policies: Policies) -> bool:
    return any(
        policy.document.missing or any(one.effect == "Allow" for one in policy.document.statements)
        for policy in policies.identity
    )
