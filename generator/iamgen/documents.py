"""The text of a policy document → its JSON, or what is wrong with it."""

from __future__ import annotations

import json
import math
from typing import Any, NoReturn

from iamgen.wording import shown

_DEEPEST = 20


class DocumentError(Exception):
    """A `document:` that cannot be used; its text completes "file: …"."""


def parse(text: str) -> dict[str, Any]:
    """The policy in a file; raises DocumentError for what is no identity policy.

    Source: "Grammar of the IAM JSON policy language" (IAM User Guide).
    """
    try:
        policy = json.loads(text, object_pairs_hook=_object, parse_constant=_refuse_number, parse_float=_number)
    except json.JSONDecodeError as error:
        raise DocumentError(f"is not JSON: line {error.lineno}, column {error.colno}: {error.msg}") from error
    except ValueError as error:  # more digits than Python reads
        raise DocumentError("is not a policy: it holds a huge number") from error
    except RecursionError as error:
        raise DocumentError("is not a policy: it is nested too deep") from error
    _check_values(policy)
    _check_policy(policy)
    found: dict[str, Any] = policy
    return found


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = next(key for number, (key, _) in enumerate(pairs) if key in [name for name, _ in pairs[:number]])
        raise DocumentError(f"has the key {shown(twice)} twice in one object: keep one of them")
    return found


def _number(text: str) -> float:
    return float(text) if math.isfinite(float(text)) else _refuse_number(text)


def _refuse_number(text: str) -> NoReturn:
    raise DocumentError(f"is not a policy: it holds the number {text[:20]}")


def _check_values(policy: Any) -> None:
    todo = [(policy, 0)]
    while todo:
        value, depth = todo.pop()
        if depth > _DEEPEST:
            raise DocumentError("is not a policy: it is nested too deep")
        if isinstance(value, str):
            _check_text(value)
        elif isinstance(value, dict):
            todo += [(part, depth + 1) for pair in value.items() for part in pair]
        elif isinstance(value, list):
            todo += [(part, depth + 1) for part in value]


def _check_text(text: str) -> None:
    bad = next((c for c in text if "\ud800" <= c <= "\udfff" or (c < " " and c not in "\t\n\r")), None)
    if bad is not None:
        raise DocumentError(f"holds the character U+{ord(bad):04X}: take it out")


def _check_policy(policy: Any) -> None:
    if not isinstance(policy, dict):
        raise DocumentError('is not a policy: write an object with "Version" and "Statement"')
    statements = policy.get("Statement")
    if isinstance(statements, dict):
        statements = [statements]
    if not isinstance(statements, list) or not statements or not all(isinstance(one, dict) for one in statements):
        raise DocumentError('is not a policy: "Statement" has to be a list of objects')
    for number, statement in enumerate(statements, start=1):
        _check_statement(f"statement {number}", statement)


def _check_statement(which: str, statement: dict[str, Any]) -> None:
    if statement.get("Effect") not in ("Allow", "Deny"):
        raise DocumentError(f'{which} needs an "Effect" of "Allow" or "Deny"')
    if "Principal" in statement or "NotPrincipal" in statement:
        raise DocumentError(f"{which} names a principal: the policy of a group or role applies to whoever has it")
    for one, other in (("Action", "NotAction"), ("Resource", "NotResource")):
        if (one in statement) == (other in statement):
            raise DocumentError(f'{which} needs either "{one}" or "{other}"')
