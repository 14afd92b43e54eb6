"""Whom trust policies let in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from iamgen_rules.account.facts import ASSUME
from iamgen_rules.account.narrow import bears_on
from iamgen_rules.policy.document import Document, Statement
from iamgen_rules.policy.text import Text, Unknown

_ENTERED_BY: Mapping[str, tuple[str, ...]] = {
    "AWS": (ASSUME,),
    "Service": (ASSUME,),
    "Federated": ("sts:AssumeRoleWithSAML", "sts:AssumeRoleWithWebIdentity"),
}


def trusted_types(trust: Document) -> frozenset[str]:
    """The types of the principals that a trust policy lets in; what is unknown of it may be any."""
    return frozenset(
        type_ for type_ in _ENTERED_BY if trust.missing or any(_lets_in(one, type_) for one in trust.statements)
    )


def _lets_in(statement: Statement, type_: str) -> bool:
    named = any(one.type in (type_, "*") for one in statement.principals)
    return statement.effect == "Allow" and named and any(bears_on(statement, one) for one in _ENTERED_BY[type_])


def providers(trust: Document) -> tuple[Text, ...]:
    """Who else decides who gets in: the services and identity providers that a trust policy lets in."""
    return tuple(dict.fromkeys((*_let_in(trust, "Service"), *_let_in(trust, "Federated"))))


def saml_providers(trust: Document) -> tuple[Text, ...]:
    """The SAML providers that a trust policy lets in; an unknown one may be any."""
    found = (*_let_in(trust, "Federated"), *(Unknown(name) for name in sorted(trust.missing)))
    return tuple(value for value in found if not isinstance(value, str) or ":saml-provider/" in value)


def _let_in(trust: Document, type_: str) -> Iterator[Text]:
    for statement in trust.statements:
        if _lets_in(statement, type_):
            yield from (one.value for one in statement.principals if one.type in (type_, "*"))
