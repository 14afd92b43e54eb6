"""A second implementation of the decision, slow and obvious, from AWS's documentation.

It shares no code with the first: it reads raw documents, matches wildcards by recursion letter by letter, and knows
yes and no only. Where AWS does not say what it does, a question carries which of two readings is meant.
"""

from __future__ import annotations

from typing import Any

from policy.oracle_conditions import condition
from policy.oracle_patterns import letters, resource, wild
from policy.question import Question, Raw


def allowed(asked: Question) -> bool:
    """Whether AWS allows it."""
    documents = [*asked.identity, *(one for level in asked.scps for one in level)]
    documents += [one for one in (asked.boundary, asked.trust) if one is not None]
    if any(effective(one, "Deny", asked) for one in documents):
        return False
    if not all(any(effective(one, "Allow", asked) for one in level) for level in asked.scps):
        return False
    inside = asked.boundary is None or effective(asked.boundary, "Allow", asked)
    granted = inside and any(effective(one, "Allow", asked) for one in asked.identity)
    if asked.trust is None:
        return granted
    trusted = {how for how in ("itself", "role", "account") if effective(asked.trust, "Allow", asked, how)}
    if not asked.own_account:
        return granted and trusted != set()
    return "itself" in trusted or ("role" in trusted and inside) or ("account" in trusted and granted)


def effective(document: Raw, effect: str, asked: Question, how: str = "") -> bool:
    """Whether some statement of the effect applies."""
    new = document.get("Version") == "2012-10-17"
    found = document["Statement"]
    statements = found if isinstance(found, list) else [found]
    return any(one["Effect"] == effect and applies(one, asked, how, new=new) for one in statements)


def listed(raw: Any) -> list[Any]:
    """One or many as many."""
    return raw if isinstance(raw, list) else [raw]


def applies(statement: Raw, asked: Question, how: str, *, new: bool) -> bool:
    """Whether each part fits."""
    if "Action" in statement:
        action = any(wild(letters(one.lower()), asked.action.lower()) for one in listed(statement["Action"]))
    else:
        action = not any(wild(letters(one.lower()), asked.action.lower()) for one in listed(statement["NotAction"]))
    if "Principal" in statement:
        who = principal(statement["Principal"], asked, how)
    elif "Resource" in statement:
        who = any(resource(one, asked, new=new) for one in listed(statement["Resource"]))
    else:
        who = not any(resource(one, asked, new=new) for one in listed(statement["NotResource"]))
    conditions = statement.get("Condition", {})
    met = all(
        condition(operator, asked.context.get(key.lower()), listed(values), asked, new=new)
        for operator, keys in conditions.items()
        for key, values in keys.items()
    )
    return action and who and met


def principal(raw: Any, asked: Question, how: str) -> bool:
    """Whether the caller is named, in this way or in any."""
    entries = ["*"] if raw == "*" else listed(raw.get("AWS", []))
    root = f"arn:aws:iam::{asked.account}:root"
    ways = {
        "itself": any(one == "*" or (asked.user and one == asked.user) or session(one, asked) for one in entries),
        "role": asked.role != "" and asked.role in entries,
        "account": any(one in (asked.account, root) for one in entries),
    }
    return ways[how] if how else any(ways.values())


def session(entry: str, asked: Question) -> bool:
    """Whether an entry is some session of the caller's role."""
    prefix = f"arn:aws:sts::{asked.account}:assumed-role/{asked.role.rpartition('/')[2]}/"
    return asked.role != "" and entry.startswith(prefix)
