"""What sessions can ask for: every request is spelled out and decided, each of them once."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from account.oracle.contexts import Context, Contexts, Target
from account.oracle.spoken import Asked, Spoken
from account.oracle.world import ALL, Documents, Held, Party, State, copy
from iamgen_rules.account.model import ACCOUNT, Account
from iamgen_rules.policy.decision import Policies, Policy, decide
from iamgen_rules.policy.document import Document, Selection
from iamgen_rules.policy.request import Caller, Request

FORWARD = (
    ("cloudformation:CreateStack",),
    ("cloudformation:UpdateStack",),
    ("cloudformation:CreateResource",),
    ("cloudformation:CreateChangeSet", "cloudformation:ExecuteChangeSet"),
)
FORWARDING = {action for actions in FORWARD for action in actions}
STACK = Target(f"arn:aws:cloudformation:eu-west-1:{ACCOUNT}:stack/x/x")
_EVERYTHING = Policy("", ALL)


class Bound(NamedTuple):
    """The numbers of the documents in force for somebody: identity policies, and a boundary or -1."""

    identity: frozenset[int]
    boundary: int


class Book:
    """One account, and every decision on its requests."""

    def __init__(self, account: Account) -> None:
        """Nothing is decided yet."""
        self.account = account
        self.documents = Documents()
        self.start = copy(account, self.documents)
        self.spoken = Spoken(self.documents, frozenset(user.name for user in account.users))
        self.contexts = Contexts(self.spoken)
        self._allowed: dict[object, bool] = {}
        self._said: dict[object, str] = {}
        self._about: dict[object, bool] = {}
        self._trusts: dict[object, bool] = {}
        self._entered: dict[object, bool] = {}

    def ever(self, identity: frozenset[int], action: str) -> bool:
        """Whether some policy with an Allow is about the action at all."""
        return any(self.documents.allows(number) and self._is_about(number, action) for number in identity)

    def _is_about(self, number: int, action: str) -> bool:
        """Whether some statement is about the action, whatever its effect, resources and conditions."""
        if (number, action) not in self._about:
            bare = Policy("", _only_actions(self.documents.all[number]))
            self._about[number, action] = decide(Request(action, "x"), Policies((bare,))).is_yes
        return self._about[number, action]

    def allowed(self, who: Held, party: Party, bound: Bound, action: str, target: Target) -> bool:
        """Whether some request of a session for a call is allowed, made by itself or by CloudFormation for it."""
        if target.trust < 0 and not self.ever(bound.identity, action):
            return False
        key = (who, party.path, party.tags_free, party.name_free, bound, action, target)
        if key not in self._allowed:
            self._allowed[key] = self._is_allowed(who, party, bound, action, target)
        return self._allowed[key]

    def _is_allowed(self, who: Held, party: Party, bound: Bound, action: str, target: Target) -> bool:
        if who.kind == "federated" and action.startswith("sts:"):
            return False  # "GetFederationToken" (STS API Reference)
        if any(self._answer(one, who, party, bound, action, target) for one in self.contexts.of_caller(who, party)):
            return True
        if action in FORWARDING or not self._forwards(who, party, bound):
            return False
        forwarded = self.contexts.of_caller(who, party, via=True)
        return any(self._answer(one, who, party, bound, action, target) for one in forwarded)

    def _forwards(self, who: Held, party: Party, bound: Bound) -> bool:
        """Whether CloudFormation makes calls for the session."""

        def may(action: str) -> bool:
            target = Target("*") if action.endswith("CreateResource") else STACK
            return self.allowed(who, party, bound, action, target)

        return any(all(may(action) for action in actions) for actions in FORWARD)

    def _answer(self, context: Context, who: Held, party: Party, bound: Bound, action: str, target: Target) -> bool:
        """Whether it is allowed in one context of the caller, and some context of the target."""
        itself = party.kind == "user" and target.arn == party.arn
        if not itself and ":user/" in target.arn and _last(context.own_arn) == _last(target.arn):
            return False  # a name is one user's only
        resource = context.own_arn if itself else target.arn
        asked = (Asked(action, resource, context.keys | keys) for keys in self.contexts.of_target(target))
        if target.trust < 0:
            return any(self._is_yes(one, bound) for one in asked)
        return any(self._enters(one, bound, target.trust, _caller(who, party)) for one in asked)

    def _enters(self, asked: Asked, bound: Bound, trust: int, caller: Caller) -> bool:
        """Whether a role's trust, with the caller's policies, lets it in."""
        key = (self.spoken.as_read((*bound.identity, bound.boundary, trust), asked), bound, trust, caller)
        if key not in self._entered:
            self._entered[key] = decide(asked.request(caller), self._with_trust(bound, trust)).is_yes
        return self._entered[key]

    def _is_yes(self, asked: Asked, bound: Bound) -> bool:
        """No policy denies it, one of the identity's allows it, and so does the boundary, where there is one."""
        said = {self._says(number, asked) for number in bound.identity}
        inside = bound.boundary < 0 or self._says(bound.boundary, asked) == "Allow"
        return "Allow" in said and "Deny" not in said and inside

    def _says(self, number: int, asked: Asked) -> str:
        """What one policy says by itself: beside one that allows everything, only its Denies count."""
        if not self._is_about(number, asked.action):
            return ""
        asked = self.spoken.as_read((number,), asked)
        key = (number, asked)
        if key not in self._said:
            self._said[key] = self._by_itself(number, asked)
        return self._said[key]

    def _by_itself(self, number: int, asked: Asked) -> str:
        policy, request = Policy("", self.documents.all[number]), asked.request()
        if self.documents.denies(number) and decide(request, Policies((_EVERYTHING, policy))).is_no:
            return "Deny"
        allows = self.documents.allows(number) and decide(request, Policies((policy,))).is_yes
        return "Allow" if allows else ""

    def trusts(self, trust: int, service: str) -> bool:
        """Whether a trust policy lets a service in."""
        key = (trust, service)
        if key not in self._trusts:
            request = Request("sts:AssumeRole", "x", {}, Caller("Service", "", (service,)))
            self._trusts[key] = decide(request, Policies(trust=self._policy(trust))).is_yes
        return self._trusts[key]

    def _policy(self, number: int) -> Policy:
        return Policy("", self.documents.all[number])

    def _with_trust(self, bound: Bound, trust: int) -> Policies:
        identity = tuple(self._policy(number) for number in sorted(bound.identity))
        boundary = self._policy(bound.boundary) if bound.boundary >= 0 else None
        return Policies(identity, boundary, trust=self._policy(trust))


def _caller(who: Held, party: Party) -> Caller:
    """Whom a trust policy sees: it knows a user by more than the name."""
    if not who.is_role:
        return Caller("AWS", ACCOUNT, (party.arn,))
    return Caller("AWS", ACCOUNT, (party.arn, f"arn:aws:sts::{ACCOUNT}:assumed-role/{who.name}/session"), is_role=True)


def _last(arn: str) -> str:
    return arn.rsplit("/", 1)[-1]


def _only_actions(document: Document) -> Document:
    """Every statement as an Allow on everything, without conditions."""
    everything = Selection(("x",))
    statements = (replace(one, effect="Allow", resources=everything, conditions=()) for one in document.statements)
    return replace(document, statements=tuple(statements))


class View:
    """A state, and what its sessions can do."""

    def __init__(self, book: Book, state: State) -> None:
        """Nothing is asked yet."""
        self.book, self.state = book, state
        self.parties = {party.key: party for party in state.parties}
        self.policies = dict(state.policies)
        self._held = sorted(state.held)
        self._bound: dict[tuple[str, str], Bound] = {}
        self._able: dict[str, list[Held]] = {}

    def bound(self, owner: tuple[str, str]) -> Bound:
        """What is in force for a user or role."""
        if owner not in self._bound:
            party = self.parties[owner]
            holders = [party, *(self.parties["group", group] for group in sorted(party.groups))]
            attached = {self.policies[policy] for one in holders for policy in one.attached}
            inline = {number for one in holders for _, number in one.inline}
            boundary = self.policies[party.boundary] if party.boundary else -1
            self._bound[owner] = Bound(frozenset(attached | inline), boundary)
        return self._bound[owner]

    def may(self, who: Held, action: str, target: Target) -> bool:
        """Whether one session may make a call."""
        return self.book.allowed(who, self.parties[who.owner], self.bound(who.owner), action, target)

    def able(self, action: str) -> list[Held]:
        """The sessions that might make a call on something."""
        if action not in self._able:
            self._able[action] = [who for who in self._held if self.book.ever(self.bound(who.owner).identity, action)]
        return self._able[action]

    def can(self, action: str, target: Target, *, but: tuple[str, str] | None = None) -> bool:
        """Whether one of the sessions may make a call; `but` whose are not asked."""
        return any(self.may(who, action, target) for who in self.able(action) if who.owner != but)
