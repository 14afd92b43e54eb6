"""The rules by which the provider merges policies.

Source: "Data Source: aws_iam_policy_document" (AWS provider): a statement replaces the one with its Sid; a Sid stands
once among the sources.
"""

from __future__ import annotations

from collections.abc import Iterable

from iamgen_rules.policy.text import Text, missing_of
from iamgen_rules.provider.statement import Policy, RefusedDocumentError, Statement


def merged(sources: Iterable[Policy], own: Policy, overrides: Iterable[Policy]) -> Policy:
    """All of them as one. Raises RefusedDocumentError for a Sid that stands twice where it must not."""
    sources = list(sources)
    _once(sources, "duplicate Sid ({}) in source_policy_documents")
    _once([own], "duplicate Sid ({})")
    found = Policy()
    for policy in (*sources, own, *overrides):
        found = _over(found, policy)
    return found


def _once(policies: Iterable[Policy], message: str) -> None:
    seen: set[Text] = set()
    for statement in (one for policy in policies for one in policy.statements):
        if isinstance(statement.sid, str) and statement.sid and statement.sid in seen:
            raise RefusedDocumentError(
                f"{message.format(statement.sid)}: remove the Sid or ensure that Sids are unique"
            )
        seen.add(statement.sid)


def _over(below: Policy, above: Policy) -> Policy:
    """One policy merged into another. What is not known of it may replace any statement with a Sid."""
    statements = list(below.statements)
    for statement in above.statements:
        _put(statements, statement)
    if above.unknown:
        statements = [_perhaps(one, above.unknown) for one in statements]
        statements.append(Statement(unknown=above.unknown))
    return Policy(_newer(below.version, above.version), above.id or below.id, tuple(statements))


def _put(statements: list[Statement], statement: Statement) -> None:
    if statement.unknown:
        statements[:] = [_perhaps(one, statement.unknown) for one in statements]
    elif not isinstance(statement.sid, str):
        names = sorted(missing_of(statement.sid))
        statements[:] = [_perhaps(one, *names) for one in statements]
    elif statement.sid:
        for index, other in enumerate(statements):
            if other.sid == statement.sid:
                statements[index] = statement
                return
    statements.append(statement)


def _perhaps(statement: Statement, *missing: str) -> Statement:
    return statement.perhaps(*missing) if statement.sid and not statement.unknown else statement


def _newer(below: Text, above: Text) -> Text:
    if isinstance(below, str) and isinstance(above, str):
        return max(below, above)
    return above if not isinstance(above, str) else below


def data_of(policy: Policy) -> dict[str, object]:
    """The policy as JSON has it."""
    named = {"Version": policy.version, "Id": policy.id}
    data: dict[str, object] = {name: text for name, text in named.items() if text != ""}
    if policy.statements:
        data["Statement"] = [one.data() for one in policy.statements]
    return data
