"""A proof replayed by other means: each call is decided on the account as the edits before it have left it.

Knows the model and `policy.decision`; nothing of how a proof was found.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from account.replay_world import ALL, World
from iamgen_rules.account.index import Edit
from iamgen_rules.account.model import ACCOUNT, Group, Ref, Role, User
from iamgen_rules.account.proof import Step
from iamgen_rules.account.session import Session
from iamgen_rules.policy.decision import Policies, Policy, decide
from iamgen_rules.policy.document import Document
from iamgen_rules.policy.session import Kind
from iamgen_rules.policy.truth import Truth

PRESENT, VIA = "aws:multifactorauthpresent", "aws:viaawsservice"
SPEAKS_OF_MFA: Mapping[Kind, tuple[object, ...]] = {
    Kind.ACCESS_KEY: (None,),
    Kind.NO_MFA: (("false",),),
    Kind.MFA: (("true",),),
    Kind.FEDERATED: (None,),
    Kind.ROLE: (None, ("false",)),
    Kind.ROLE_MFA: (None, ("false",), ("true",)),
}
NEVER_THERE = (
    *("aws:sourcearn", "aws:sourceaccount", "aws:sourceorg", "aws:sourceidentity", "aws:principalservicename"),
    *("saml:", "aws:federatedprovider", "aws:assumedroot"),
)
STACKS = (
    {"cloudformation:CreateStack"},
    {"cloudformation:UpdateStack"},
    {"cloudformation:CreateResource"},
    {"cloudformation:CreateChangeSet", "cloudformation:ExecuteChangeSet"},
)


@dataclass
class Replay:
    """A world, and which sessions have CloudFormation call for them."""

    world: World
    stacks: set[tuple[Session, str]] = field(default_factory=set)

    def all(self, steps: Iterable[Step], enough: Callable[[Truth], bool]) -> list[Step]:
        """Every step in turn; what comes back are the calls after the last that has an effect."""
        calls: list[Step] = []
        for step in steps:
            self._decide(step, enough)
            calls.append(step)
            if step.edits or step.brings:
                self.world.take(calls)
                calls = []
        return calls

    def _decide(self, step: Step, enough: Callable[[Truth], bool]) -> None:
        assert step.session in self.world.held
        assert step.before == self.world.edits
        assert (step.request.action, step.request.resource) == (step.action, step.resource)
        self._check_keys(step)
        assert enough(decide(step.request, self._policies(step)))
        self.stacks.add((step.session, step.action))

    def _policies(self, step: Step) -> Policies:
        found = list(self._documents(step.session.ref))
        holder = self.world.holder(step.session.ref)
        boundary = None
        if not isinstance(holder, Group) and holder.boundary is not None:
            document = self._managed(holder.boundary.policy)
            boundary = Policy("boundary", _bounding(document, holder.boundary.missing))
        trust = None
        if step.action == "sts:AssumeRole":
            role = self.world.holder(self.world.named(step.resource) or Ref("role", ""))
            assert isinstance(role, Role)
            trust = Policy("trust", role.trust)
        return Policies(tuple(Policy("", document) for document in found), boundary, trust=trust)

    def _documents(self, ref: Ref) -> Iterator[Document]:
        yield from self._own(ref, frozenset())
        holder = self.world.holder(ref)
        for membership in holder.groups if isinstance(holder, User) else ():
            group = Ref("group", membership.group)
            if any(one.name == group.name for one in self.world.account.groups):
                yield from self._own(group, membership.missing)
            else:
                yield Document(missing=frozenset({self.world.account.arn(*group)}))

    def _own(self, ref: Ref, missing: frozenset[str]) -> Iterator[Document]:
        holder = self.world.holder(ref)
        for attachment in holder.attached:
            yield _perhaps(self._managed(attachment.policy), attachment.missing | missing)
        for inline in holder.inline:
            yield _perhaps(inline.document, inline.missing | missing)
        if holder.missing:
            yield Document(missing=holder.missing)

    def _managed(self, arn: str) -> Document:
        found = [one.document for one in self.world.account.policies if one.arn == arn]
        return found[0] if found else Document(missing=frozenset({arn}))

    def _check_keys(self, step: Step) -> None:
        """The request says of its caller, and of its target, what is so."""
        context, session = step.request.context, step.session
        federated, user = session.kind is Kind.FEDERATED, session.ref.kind == "user"
        if context[VIA] == ("true",):
            actions = {action for one, action in self.stacks if one == session}
            assert any(stack <= actions for stack in STACKS)
            assert context.get(PRESENT) == ("false",)
        else:
            assert context.get(PRESENT) in SPEAKS_OF_MFA[session.kind]
        kind = ("FederatedUser" if federated else "User") if user else "AssumedRole"
        assert context["aws:principaltype"] == (kind,)
        assert context["aws:principalaccount"] == (ACCOUNT,)
        if user and not federated and Edit("rename", session.ref) not in self.world.edits:
            assert context["aws:username"] == (session.ref.name,)
            assert context["aws:principalarn"] == (self.world.arn(session.ref),)
        if not user:
            assert "aws:username" not in context
            assert context["aws:principalarn"] == (self.world.arn(session.ref),)
        if federated:
            assert "aws:username" not in context
            assert not step.action.startswith("sts:")
        assert not any(key.startswith(NEVER_THERE) for key in context)
        self._check_tags(context, "aws:principaltag/", session.ref)
        target = self.world.named(step.resource)
        if target is not None and target.kind != "group":
            for space in ("aws:resourcetag/", "iam:resourcetag/"):
                self._check_tags(context, space, target)

    def _check_tags(self, context: Mapping[str, Any], space: str, ref: Ref) -> None:
        holder = self.world.holder(ref)
        if Edit("tag", ref) in self.world.edits or isinstance(holder, Group):
            return
        if isinstance(holder.tags, Mapping):
            said = {key: value for key, value in context.items() if key.startswith(space)}
            assert said == {f"{space}{key.lower()}": (value,) for key, value in holder.tags.items()}


def _perhaps(document: Document, missing: frozenset[str]) -> Document:
    """A document that is in force, or not."""
    if not missing:
        return document
    statements = tuple(replace(one, missing=one.missing | missing) for one in document.statements)
    return replace(document, statements=statements, missing=document.missing and document.missing | missing)


def _bounding(document: Document, missing: frozenset[str]) -> Document:
    """A boundary that is in force, or everything is allowed."""
    if not missing:
        return document
    kept = (replace(one, missing=one.missing | missing) for one in document.statements if one.effect == "Deny")
    allowed = (one for one in document.statements if one.effect == "Allow")
    (free,) = ALL.statements
    return replace(document, statements=(*allowed, *kept, replace(free, missing=missing)))
