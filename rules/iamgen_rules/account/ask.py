"""One question: may this session make this call, after these edits? Counted, and asked once only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from iamgen_rules.account.facts import ASSUME, FORWARD
from iamgen_rules.account.index import EVERYTHING, Binding, Edits, Index, as_boundary
from iamgen_rules.account.model import ACCOUNT, NONE
from iamgen_rules.account.reading import reads_target
from iamgen_rules.account.session import (
    Context,
    Session,
    caller,
    contexts,
    forwarded,
    is_free,
)
from iamgen_rules.policy.decision import Decision, Policies, Policy, explain
from iamgen_rules.policy.document import Document, Statement
from iamgen_rules.policy.request import Request, Values
from iamgen_rules.policy.search import Answer, possible
from iamgen_rules.policy.text import Unknown
from iamgen_rules.policy.truth import NO


@dataclass(frozen=True, slots=True)
class Target:
    """What a call is made on.

    `role` is the role to enter; an undeclared target has no tags that a policy could read.
    """

    resource: str
    keys: tuple[tuple[str, Values | Unknown], ...] = ()
    role: str = ""
    declared: bool = True
    free_tags: bool = False


@dataclass(frozen=True, slots=True)
class Call:
    """One call of one session."""

    session: Session
    action: str
    target: Target


class Asker:
    """Answers questions about one account; `steps` counts the decisions that it took."""

    def __init__(self, index: Index, now: str) -> None:
        """Remember every answer."""
        self.index, self.now = index, now
        self.steps = 0
        self._answers: dict[tuple[Call, Edits], Answer] = {}
        self._ever: dict[tuple[Session, str, Edits], bool] = {}
        self._forwards: dict[tuple[Session, Edits], Answer] = {}

    def ask(self, call: Call, edits: Edits) -> Answer:
        """The best that the call can come to."""
        self.steps += 1
        key = (call, edits)
        if key not in self._answers:
            self._answers[key] = self._ask(call, edits)
        return self._answers[key]

    def explain(self, call: Call, request: Request, edits: Edits) -> Decision:
        """Why a request is decided as it is, by all the policies that bear on it."""
        return explain(request, self._policies(call, edits, narrowed=False))

    def ever(self, session: Session, action: str, edits: Edits) -> bool:
        """Whether the session may make the call on anything at all: where not, no target needs to be asked about."""
        self.steps += 1
        key = (session, action, edits)
        if key not in self._ever:
            self._ever[key] = self._may_ever(session, action, edits)
        return self._ever[key]

    def _may_ever(self, session: Session, action: str, edits: Edits) -> bool:
        """Allow everything that is allowed on something, and keep the Denies that hold on everything."""
        call = Call(session, action, Target("*"))
        policies = self._policies(call, edits, narrowed=True)
        if action != ASSUME and _hopeless(policies):
            return False
        denies = tuple(replace(one, document=_on_everything(one.document)) for one in policies.identity)
        wide = Policies((Policy("", EVERYTHING), *denies))
        return not self._decided(call, edits, wide).allowed.is_no

    def _ask(self, call: Call, edits: Edits) -> Answer:
        policies = self._policies(call, edits, narrowed=True)
        return self._decided(call, edits, policies)

    def _decided(self, call: Call, edits: Edits, policies: Policies) -> Answer:
        asked = contexts(self.index, call.session, edits, self.now)
        if _hopeless(policies) or _refused(call):
            return Answer(NO, self._request(call, asked[0]))
        best = self._best(call, edits, policies, asked)
        if best.allowed.is_yes or call.action in _FORWARDING:
            return best
        return self._through_cloudformation(call, edits, policies, asked, best)

    def _through_cloudformation(
        self, call: Call, edits: Edits, policies: Policies, asked: tuple[Context, ...], best: Answer
    ) -> Answer:
        """The better of the direct call and CloudFormation's, where the caller may have it made."""
        if not any(statement.conditions for policy in policies.all() for statement in policy.document.statements):
            return best
        may = self._forwarding(call.session, edits)
        if may.allowed.is_no:
            return best
        through = self._best(call, edits, policies, tuple(forwarded(context) for context in asked))
        through = replace(through, allowed=through.allowed & may.allowed)
        return through if through.allowed.level > best.allowed.level else best

    def _forwarding(self, session: Session, edits: Edits) -> Answer:
        """Whether the session may have CloudFormation make calls for it."""
        key = (session, edits)
        if key not in self._forwards:
            self._forwards[key] = self._any_forwarding(session, edits)
        return self._forwards[key]

    def _any_forwarding(self, session: Session, edits: Edits) -> Answer:
        stack = Target(
            f"arn:{self.index.account.partition}:cloudformation:eu-west-1:{ACCOUNT}:stack/x/x", declared=False
        )
        ways = ([self.ask(Call(session, action, stack), edits) for action in actions] for actions in FORWARD)
        return max((min(answers, key=_level) for answers in ways), key=_level)

    def _best(self, call: Call, edits: Edits, policies: Policies, asked: tuple[Context, ...]) -> Answer:
        best = Answer(NO, self._request(call, asked[0]))
        for context in asked:
            answer = possible(
                self._request(call, context),
                policies,
                lambda key: is_free(key, call.session, edits, target_tags=call.target.free_tags),
            )
            self.steps += answer.decisions
            if answer.allowed.is_yes:
                return answer
            if answer.allowed.level > best.allowed.level:
                best = answer
        return best

    def _request(self, call: Call, context: Context) -> Request:
        target = call.target
        who = caller(self.index, call.session) if target.role else None
        return Request(call.action, target.resource, {**context, **dict(target.keys)}, who)

    def _policies(self, call: Call, edits: Edits, *, narrowed: bool) -> Policies:
        bindings = self.index.bindings(call.session.ref, edits)
        identity = tuple(self._named(bindings, call, narrowed=narrowed))
        boundary = next((binding for binding in bindings if binding.how == "boundary"), None)
        within = None if boundary is None else self._boundary(boundary, call, narrowed=narrowed)
        trust = None
        if call.target.role:
            trust = Policy(f"the trust of role {call.target.role}", self.index.roles[call.target.role].trust)
        return Policies(identity, within, trust=trust)

    def _boundary(self, binding: Binding, call: Call, *, narrowed: bool) -> Policy:
        document = as_boundary(binding)
        if narrowed and binding.missing == NONE:
            document = self.index.narrowed.to(document, call.action, declared=call.target.declared) or Document()
        return Policy(label(binding), document)

    def _named(self, bindings: tuple[Binding, ...], call: Call, *, narrowed: bool) -> Iterator[Policy]:
        for binding in bindings:
            if binding.how == "boundary":
                continue
            document: Document | None = binding.document
            if narrowed:
                document = self.index.narrowed.to(binding.document, call.action, declared=call.target.declared)
            if document is not None:
                yield Policy(label(binding), document)


def _on_everything(document: Document) -> Document:
    """Only the Denies on every resource whose conditions say nothing of the target."""
    kept = tuple(one for one in document.statements if one.effect == "Deny" and _everywhere(one))
    return replace(document, statements=kept, missing=NONE)


def _everywhere(statement: Statement) -> bool:
    conditions = all(not reads_target(one.key) and not one.key.startswith("iam:") for one in statement.conditions)
    return not statement.resources.inverted and "*" in statement.resources.values and conditions


_FORWARDING = frozenset(action for actions in FORWARD for action in actions)


def label(binding: Binding) -> str:
    """A policy by a name that a person knows: its own, and who has it."""
    return binding.name if binding.how == "attached" else f"{binding.name or 'unknown policies'} of {binding.holder}"


def _level(answer: Answer) -> int:
    return answer.allowed.level


def _refused(call: Call) -> bool:
    """Sessions of GetFederationToken may call nothing of STS that matters ("GetFederationToken", STS API Reference)."""
    return call.session.kind == "federated" and call.action.startswith("sts:")


def _hopeless(policies: Policies) -> bool:
    """Whether no statement could ever allow it."""
    if policies.trust is not None:
        return False
    return not any(
        policy.document.missing or any(one.effect == "Allow" for one in policy.document.statements)
        for policy in policies.identity
    )
