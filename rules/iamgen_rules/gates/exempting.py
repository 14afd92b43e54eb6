"""What a gate exempts that weakens it, and which of that is live: allowed by something to somebody it is on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from iamgen_rules.account.binding import Binding
from iamgen_rules.account.exemptions import HARMLESS, LOW, live
from iamgen_rules.account.model import Ref
from iamgen_rules.gates.bearers import Bearers
from iamgen_rules.gates.edits import within
from iamgen_rules.gates.rights import ADMINISTRATORS
from iamgen_rules.policy.document import Statement
from iamgen_rules.policy.escalation import ungating, weakening_exemptions
from iamgen_rules.policy.pattern import lowered, parse
from iamgen_rules.policy.text import Text
from iamgen_rules.policy.wildcard import match
from iamgen_rules.rule import Edit
from iamgen_rules.source import Place
from iamgen_rules.subject import Subject, Texts

_PASSWORD, _LASTING = "it sets a password", "it makes a credential that lasts"
_LABEL = "it changes what policies read of the user"
_EFFECTS: Mapping[str, str] = {
    "iam:DeactivateMFADevice": "it makes room for another device",
    "iam:DeleteVirtualMFADevice": "it takes a device away that is being enrolled",
    "iam:ChangePassword": "it needs the old password, and keeps out who knew it",
    "iam:UpdateLoginProfile": _PASSWORD,
    "iam:CreateLoginProfile": _PASSWORD,
    "iam:CreateAccessKey": _LASTING,
    "iam:UpdateAccessKey": "it makes a key active again",
    "iam:UploadSSHPublicKey": _LASTING,
    "iam:CreateServiceSpecificCredential": _LASTING,
    "iam:ResetServiceSpecificCredential": _LASTING,
    "iam:UploadSigningCertificate": _LASTING,
    "iam:TagUser": _LABEL,
    "iam:UntagUser": _LABEL,
    "iam:UpdateUser": _LABEL,
    "sts:AssumeRole": "it opens every role whose trust policy does not ask for MFA itself",
    "sts:AssumeRoot": "it opens member accounts",
    "sts:GetFederationToken": "it makes a session that outlives the key",
}


def effect(action: str) -> str:
    """What an exemption is worth to whoever has a password or a key alone."""
    return _EFFECTS.get(action, "it leads on without MFA")


@dataclass(frozen=True, slots=True)
class Exempted:
    """An action that a gate exempts: by which value of its NotAction, and whether that is severe."""

    action: str
    value: int
    low: bool


def exempted(statement: Statement) -> tuple[Exempted, ...]:
    """The weakening actions that a Deny on everything but some exempts; those that weigh more come first."""
    found = [one for action in _weakening() for one in _by(action, statement)] if statement.actions.inverted else []
    return tuple(sorted(found, key=lambda one: (one.low, one.value)))


def _weakening() -> Iterator[str]:
    for action in dict.fromkeys((*weakening_exemptions(), *ungating()["relabel"])):
        if "*" not in action and action not in HARMLESS:
            yield action


def _by(action: str, statement: Statement) -> Iterator[Exempted]:
    for number, value in enumerate(statement.actions.values):
        if matches(value, action):
            yield Exempted(action, number, action in LOW)
            return


def matches(value: Text, action: str) -> bool:
    """Whether a value of Action or NotAction surely means an action."""
    return match(lowered(parse(value, variables=False)), action.lower()).is_yes


@dataclass
class Live:
    """Which exemptions are live; who is an administrator may do everything, others are asked."""

    subject: Subject
    bearers: Bearers
    _actions: dict[Ref, Mapping[str, Ref]] = field(default_factory=dict)

    def of(self, binding: Binding, found: tuple[Exempted, ...]) -> tuple[Exempted, ...]:
        """Those of a gate that are live for somebody it is on; of a gate that is on nobody all may be."""
        refs = [ref for ref in self.bearers.of(binding) if ref.kind != "role"]
        if not refs:
            return () if self.bearers.of(binding) else found
        able, among = set[str](), frozenset(refs)
        for ref in refs:
            judgement = self.subject.judgements[ref]
            if judgement.klass in ADMINISTRATORS:
                return found
            if judgement.like is None or judgement.like not in among:
                able |= self._able(ref).keys()
        return tuple(one for one in found if one.action in able)

    def _able(self, ref: Ref) -> Mapping[str, Ref]:
        if ref not in self._actions:
            self._actions[ref] = {one.action: ref for one in live(self.subject.judge, ref)}
        return self._actions[ref]


def value_place(binding: Binding, statement: Statement, number: int, texts: Texts | None) -> Place:
    """Where a value of NotAction stands: the text of it, where it is written once in the list."""
    place, value = binding.place_of(statement, "NotAction", number), statement.actions.values[number]
    text = texts.get(place.document) if texts else None
    return within(text, place, f'"{value}"') if text is not None and isinstance(value, str) else place


def without(
    binding: Binding, statement: Statement, found: tuple[Exempted, ...], texts: Texts | None
) -> tuple[Edit, ...]:
    """The exemptions taken out of their list, where each is a text of its own there, and something is left."""
    values = {one.value: statement.actions.values[one.value] for one in found}
    places = [binding.place_of(statement, "NotAction", number) for number in values]
    text = texts.get(places[0].document) if texts and places else None
    spans = [one.span for one in places if one.span is not None]
    if text is None or len(spans) < len(places) or len(values) == len(statement.actions.values):
        return ()
    before = text[: min(one.start for one in spans)].rstrip()
    start, end = len(before) - before.endswith(","), max(one.end for one in spans)
    left = text[start:end]
    for value in values.values():
        if not isinstance(value, str) or "*" in value or left.count(f'"{value}"') != 1:
            return ()
        left = _taken_out(left, re.escape(f'"{value}"'))
    return (Edit(places[0].document, start, end, left),)


def _taken_out(text: str, value: str) -> str:
    """Without a value, and the comma behind it, or before it where it is the last one."""
    taken, count = re.subn(rf"{value}\s*,\s*", "", text)
    return taken if count else re.sub(rf"\s*,\s*{value}", "", text)
