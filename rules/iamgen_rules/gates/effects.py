"""What a gate takes away from whom it stands on: found by evaluating it beside all that allows something."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from iamgen_rules.account.binding import Binding
from iamgen_rules.account.facts import PROBE
from iamgen_rules.gates.standing import Gate
from iamgen_rules.policy.ask import directly
from iamgen_rules.policy.decision import Policies, Policy
from iamgen_rules.policy.document import Document, Effect
from iamgen_rules.policy.identity import Call, Target
from iamgen_rules.policy.pattern import fill, parse
from iamgen_rules.policy.session import Session, requests
from iamgen_rules.policy.targets import MADE_UP, made_up
from iamgen_rules.policy.text import Text
from iamgen_rules.policy.truth import Truth
from iamgen_rules.policy.wildcard import Wild

_SOMETHING = "arn:aws:zz:us-east-1:111122223333:made-up/made-up"


@dataclass(frozen=True, slots=True)
class Beside:
    """Somebody's session, and the policies that allow it something, none of which denies."""

    session: Session
    allows: Policies
    now: datetime

    def may(self, action: str, shape: str, gate: Gate | None = None) -> Truth:
        """Whether it may make a call on something of that shape; with a gate, if that alone denies."""
        policies = self.allows if gate is None else _with(self.allows, gate, "Deny")
        like = next(requests(self.session, Call(action, Target(shape, {})), self.now))
        shapes = made_up(shape, action, policies, like=like) if "*" in shape else (shape,)
        found = (directly(self.session, Call(action, Target(one, {})), policies, now=self.now) for one in shapes)
        return max((one.allowed for one in found), key=lambda truth: truth.level)

    def loses(self, gate: Gate) -> Call | None:
        """A call that is allowed, and that the gate denies if the session speaks of MFA in one of its ways."""
        both = _with(self.allows, gate, "Allow")
        calls = (Call(action, Target(resource, {})) for action in self._actions(gate) for resource in self._on(gate))
        asked = ((call, directly(self.session, call, both, now=self.now).allowed) for call in calls)
        return next((call for call, allowed in asked if allowed.is_yes), None)

    def _actions(self, gate: Gate) -> Iterator[str]:
        """An action for each pattern of what allows, and of the gate."""
        values = [text for one in self._documents(gate) for part in one.statements for text in part.actions.values]
        yield PROBE
        yield from (one for one in dict.fromkeys(map(self._like, values)) if one and ":" in one)

    def _on(self, gate: Gate) -> Iterator[str]:
        values = [text for one in self._documents(gate) for part in one.statements for text in part.resources.values]
        found = (one for one in map(self._like, values) if one)
        yield from dict.fromkeys((_SOMETHING, *(one for one in found if one != MADE_UP)))

    def _documents(self, gate: Gate) -> Iterator[Document]:
        yield from (policy.document for policy in self.allows.all())
        yield replace(gate.binding.document, statements=(gate.statement,))

    def _like(self, text: Text) -> str | None:
        """A text that the pattern matches; None where it is not wholly known."""
        request = next(requests(self.session, Call("*", Target("*", {})), self.now))
        tokens = fill(parse(text, variables=True), request.single)
        if tokens is None:
            return None
        pieces = ["x" if token is Wild.ANY else MADE_UP if token is Wild.MANY else token for token in tokens]
        known = [piece for piece in pieces if isinstance(piece, str)]
        return "".join(known) if len(known) == len(pieces) else None


def allowing(bindings: Iterable[Binding]) -> Policies:
    """What allows somebody something, inside its boundary; nothing denies."""
    every = list(bindings)
    identity = tuple(Policy(one.label, _allows(one.document)) for one in every if one.how != "boundary")
    boundary = next((Policy(one.label, _allows(one.effective)) for one in every if one.how == "boundary"), None)
    return Policies(identity, boundary)


def _allows(document: Document) -> Document:
    return replace(document, statements=tuple(one for one in document.statements if one.effect == "Allow"))


def _with(policies: Policies, gate: Gate, effect: Effect) -> Policies:
    """The policies and the gate's statement; as an Allow it is a further boundary: what it would have denied."""
    document = Document((replace(gate.statement, effect=effect),), gate.binding.document.version)
    policy = Policy(gate.binding.label, document)
    if effect == "Deny":
        return replace(policies, identity=(*policies.identity, policy))
    within = () if policies.boundary is None else ((policies.boundary,),)
    return replace(policies, boundary=policy, scps=within)
