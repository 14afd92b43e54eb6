"""Whom a policy may mean whose name nobody knows: `user/ci-prod` may be the user `ci-${var.stage}`.

In an account such a user goes by the text that Terraform would write. Where a name in a policy may be the one that the
unknown pieces come to, the policy is given a further value that nobody but that user may match, by what is missing.
Where it is made of the same unknown pieces as the name it means that user surely, and the value is the user's own text.
Names are unique, so that a name that somebody else is known to have is no such name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import NamedTuple, TypeVar

from iamgen_rules.account.building.names import KINDS, POLICY, Names, name_of
from iamgen_rules.account.building.same import Letters, but_for_other_instances, is_plain, literal, of_no_instance
from iamgen_rules.account.building.texts import argument, shown, text
from iamgen_rules.account.model import ACCOUNT, Account, Group, Inline, Role, User
from iamgen_rules.account.resource import Resource
from iamgen_rules.policy.document import Condition, Document, Principal, Statement
from iamgen_rules.policy.keys import BOUNDARY, POLICY_ARN, PRINCIPAL_ARN, USERNAME
from iamgen_rules.policy.operators import OPERATORS
from iamgen_rules.policy.operators.operator import Compare
from iamgen_rules.policy.pattern import Pattern, Variable, parse, parse_resource
from iamgen_rules.policy.statement import resource_fits
from iamgen_rules.policy.text import Text, Unknown, missing_of, parts_of, text_of
from iamgen_rules.policy.truth import Truth
from iamgen_rules.policy.wildcard import Token, Wild, match

_OWN_NAME = "/${aws:username}"
_MADE_UP = re.compile(r"[${}]+")
_KINDS_OF_KEY = {USERNAME: ("user",), PRINCIPAL_ARN: ("user", "role"), POLICY_ARN: ("policy",), BOUNDARY: ("policy",)}
_Holder = TypeVar("_Holder", User, Group, Role)


class _Unnamed(NamedTuple):
    """A user, group, role or policy whose name or path is not wholly known."""

    kind: str
    name: Text
    arn: Text
    path_is_known: bool
    missing: frozenset[str]

    def is_elsewhere(self, name: Text, pattern: Pattern) -> bool:
        """Whether a pattern is of another depth of paths than the name: what is unknown of a name has no slash."""
        depth = sum(part.count("/") for part in parts_of(name) if isinstance(part, str))
        known = [token for token in pattern if isinstance(token, str)]
        least = sum(token.count("/") for token in known)
        return self.path_is_known and (least > depth or (least < depth and len(known) == len(pattern)))


def doubted(account: Account, names: Names, resources: Iterable[Resource]) -> Account:
    """The account, its policies with what may mean those whose names are not known; `resources` are the account's."""
    declared = [one for one in resources if one.type in KINDS or one.type == POLICY]
    unnamed = [found for found in (_unnamed(one, names) for one in declared) if missing_of(found.arn)]
    if not unnamed:
        return account
    known = {(_kind(one), name.lower()) for one in declared if isinstance(name := name_of(one), str)}
    doubt = _Doubt(unnamed, known)
    return replace(
        account,
        users=tuple(doubt.holder(one) for one in account.users),
        groups=tuple(doubt.holder(one) for one in account.groups),
        roles=tuple(replace(doubt.holder(one), trust=doubt.document(one.trust)) for one in account.roles),
        policies=tuple(replace(one, document=doubt.document(one.document)) for one in account.policies),
    )


def _kind(resource: Resource) -> str:
    return KINDS.get(resource.type, "policy")


def _unnamed(resource: Resource, names: Names) -> _Unnamed:
    kind, name, path = _kind(resource), name_of(resource), text(argument(resource, "path")) or "/"
    arn = text_of(f"arn:{names.ids.partition}:iam::{ACCOUNT}:{kind}", path, name)
    return _Unnamed(kind, name, arn, isinstance(path, str), resource.missing)


class _Reading(NamedTuple):
    """A value as a pattern, and what it makes of a name."""

    pattern: Pattern
    fits: Callable[[Text], Truth]


@dataclass
class _Doubt:
    unnamed: Sequence[_Unnamed]
    known: set[tuple[str, str]]
    letters: Letters = field(default_factory=Letters)
    found: dict[tuple[Text, bool], tuple[Text, ...]] = field(default_factory=dict)

    def holder(self, holder: _Holder) -> _Holder:
        inline: tuple[Inline, ...] = tuple(replace(one, document=self.document(one.document)) for one in holder.inline)
        return replace(holder, inline=inline)

    def document(self, document: Document) -> Document:
        variables = any(document.readings)
        return replace(document, statements=tuple(self._statement(one, variables) for one in document.statements))

    def _statement(self, statement: Statement, variables: bool) -> Statement:
        if statement.effect == "Deny" or statement.resources.inverted:
            statement = but_for_other_instances(statement)
        resources = tuple(found for value in statement.resources.values for found in self._resource(value, variables))
        return replace(
            statement,
            resources=replace(statement.resources, values=resources),
            principals=tuple(found for one in statement.principals for found in self._principal(one)),
            conditions=tuple(self._condition(one, variables) for one in statement.conditions),
        )

    def _resource(self, value: Text, variables: bool) -> tuple[Text, ...]:
        asked = (self.letters.spelt(value), variables)
        if asked not in self.found:
            meant = [(one, one.arn) for one in self.unnamed]

            def read(text: Text) -> _Reading:
                pattern = parse_resource(text, variables=variables)
                return _Reading(pattern, partial(resource_fits, _wide(pattern)))

            self.found[asked] = self._values(value, meant, read, variables=variables)
        return self.found[asked]

    def _principal(self, principal: Principal) -> Iterator[Principal]:
        entry = principal.value
        if principal.type != "AWS" or entry == "*":
            yield principal
            return
        last = parts_of(entry)[-1]
        session = last.rpartition("/")[2] if isinstance(last, str) else ""
        meant = [(one, one.arn) for one in self.unnamed]
        meant += [(one, _session_arn(one, session)) for one in self.unnamed if one.kind == "role"]

        def read(text: Text) -> _Reading:
            return _Reading(parts_of(text), partial(match, parts_of(text)))

        values = self._values(entry, meant, read, variables=False)
        yield from (replace(principal, value=value) for value in values)

    def _condition(self, condition: Condition, variables: bool) -> Condition:
        kinds, operator = _KINDS_OF_KEY.get(condition.key, ()), OPERATORS[condition.operator]
        if not kinds or condition.operator == "Null":
            return condition
        if operator.negated:
            condition = replace(condition, values=tuple(map(of_no_instance, condition.values)))
        meant = [(one, one.name if condition.key == USERNAME else one.arn) for one in self.unnamed if one.kind in kinds]

        def read(text: Text) -> _Reading:
            pattern = parse(text, variables=variables, wildcards=operator.wildcards)
            return _Reading(pattern, partial(_compared, operator.compare, _wide(pattern)))

        values = [found for one in condition.values for found in self._values(one, meant, read, variables=variables)]
        return replace(condition, values=tuple(values))

    def _values(
        self, value: Text, meant: Sequence[tuple[_Unnamed, Text]], read: Callable[[Text], _Reading], *, variables: bool
    ) -> tuple[Text, ...]:
        """The value, and what else it may come to; where it is the name of one, that one."""
        reading, spelt = read(value), self.letters.spelt(value)
        surely = read(spelt) if spelt != value else None
        further: list[Text] = []
        for one, name in meant:
            if _begin_apart(name, reading.pattern):
                continue
            if surely is not None and is_plain(surely.pattern) and surely.fits(self.letters.spelt(name)).is_yes:
                own = literal(name, variables=variables)
                if self.letters.spelt(name) == spelt and not one.missing:
                    return (own,)
                further.append(own)
            else:
                value, found = self._doubtful(value, one, name, reading)
                further += found
        return (value, *further)

    def _doubtful(self, value: Text, one: _Unnamed, name: Text, reading: _Reading) -> tuple[Text, Sequence[Text]]:
        pattern = reading.pattern
        if not missing_of(name) or self._is_anothers(value, one, name) or one.is_elsewhere(name, pattern):
            return value, ()
        may_be, is_made_up = reading.fits(name), reading.fits(shown(name))
        varies = any(isinstance(token, Variable) for token in pattern)
        own = one.kind == "user" and one.path_is_known and _ends_in_own_name(value)
        if not may_be.is_no and (is_made_up.is_no or (varies and not own)):
            return value, (_only(name),)
        return (text_of(value, _missing(name)) if is_made_up.is_yes and not may_be.is_yes else value), ()

    def _is_anothers(self, value: Text, one: _Unnamed, name: Text) -> bool:
        if not isinstance(value, str):
            return False
        *_, before, last = ("", *value.split("/"))
        said = (before if _is_session(name) else last).lower()
        return (one.kind, said) in self.known and said != shown(one.name).lower()


def _begin_apart(name: Text, pattern: Pattern) -> bool:
    """Whether what is known of both at the beginning differs, in any case: true of most, and soon found out."""
    first, head = next(iter(pattern), None), parts_of(name)[0]
    if not isinstance(first, str) or not isinstance(head, str):
        return False
    shorter = min(len(first), len(head))
    return first[:shorter].lower() != head[:shorter].lower()


def _compared(compare: Compare, tokens: tuple[Token, ...], name: Text) -> Truth:
    return compare(name, tokens)


def _wide(pattern: Pattern) -> tuple[Token, ...]:
    """The pattern, with any text for its variables."""
    return tuple(Wild.MANY if isinstance(token, Variable) else token for token in pattern)


def _session_arn(role: _Unnamed, session: str) -> Text:
    first, *_ = parts_of(role.arn)
    partition = first.split(":")[1] if isinstance(first, str) else "aws"
    return text_of(f"arn:{partition}:sts::{ACCOUNT}:assumed-role/", role.name, f"/{session}")


def _is_session(name: Text) -> bool:
    first = parts_of(name)[0]
    return isinstance(first, str) and ":assumed-role/" in first


def _ends_in_own_name(value: Text) -> bool:
    return isinstance(value, str) and value.endswith(_OWN_NAME)


def _missing(name: Text) -> Unknown:
    return Unknown(", ".join(sorted(missing_of(name))))


def _only(name: Text) -> Text:
    """What matches the made-up text perhaps, and no name that AWS takes."""
    first, *others = _MADE_UP.split(shown(name))
    return text_of(first, *(piece for other in others for piece in (_missing(name), other)))
