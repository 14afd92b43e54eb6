"""Whom trust policies let in."""

from __future__ import annotations

from collections.abc import Mapping

from iamgen_rules.account.facts import ASSUME
from iamgen_rules.account.narrow import bears_on
from iamgen_rules.policy.document import Document, Statement

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


def saml_providers(trust: Document) -> tuple[str, ...]:
    """The SAML providers that a trust policy allows."""
    values = (
        one.value for statement in trust.statements if statement.effect == "Allow" for one in statement.principals
    )
    return tuple(value for value in values if isinstance(value, str) and ":saml-provider/" in value)
