"""What documents speak of: condition keys, principals, providers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from iamgen_rules.policy.document import Document
from iamgen_rules.policy.pattern import keys as variables_of
from iamgen_rules.policy.pattern import parse
from iamgen_rules.policy.text import Text

_TARGET = ("iam:resourcetag/", "aws:resourcetag/")
_LABELS = ("aws:principaltag/", "aws:username", "aws:principalarn")


def reads_labels(key: str) -> bool:
    """Whether a key says who or what the caller is, and so may be changed by renaming or tagging."""
    return key.startswith(_LABELS)


def reads_target(key: str) -> bool:
    """Whether a key is about the tags of the call's target."""
    return key.startswith(_TARGET)


def keys_read(documents: Iterable[Document]) -> Mapping[str, frozenset[str]]:
    """Condition keys, those in variables included, and the texts that they are compared to."""
    found: dict[str, set[str]] = {}
    for document in documents:
        for statement in document.statements:
            for condition in statement.conditions:
                texts = {value for value in condition.values if isinstance(value, str)}
                found.setdefault(condition.key, set()).update(texts)
            for key in _variables(document, _texts(document)):
                found.setdefault(key, set())
    return {key: frozenset(texts) for key, texts in found.items()}


def _texts(document: Document) -> Iterator[Text]:
    for statement in document.statements:
        yield from statement.resources.values
        for condition in statement.conditions:
            yield from condition.values


def _variables(document: Document, texts: Iterable[Text]) -> Iterator[str]:
    if document.has_variables:
        for text in texts:
            yield from variables_of(parse(text, variables=True))


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
