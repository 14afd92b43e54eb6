"""Whom trust policies let in."""

from __future__ import annotations

from iamgen_rules.policy.document import Document


def trusted_types(trust: Document) -> frozenset[str]:
    """The types of the principals that a trust policy allows; what is unknown of it may be any."""
    if trust.missing:
        return frozenset({"AWS", "Service", "Federated"})
    return frozenset(
        one.type for statement in trust.statements if statement.effect == "Allow" for one in statement.principals
    )


def saml_providers(trust: Document) -> tuple[str, ...]:
    """The SAML providers that a trust policy allows."""
    values = (
        one.value for statement in trust.statements if statement.effect == "Allow" for one in statement.principals
    )
    return tuple(value for value in values if isinstance(value, str) and ":saml-provider/" in value)
