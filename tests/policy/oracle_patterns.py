"""Wildcards and variables for the second implementation: by recursion, letter by letter."""

from __future__ import annotations

import re
from collections.abc import Sequence

from policy.question import Question

Letter = tuple[str, bool]  # a character, and whether it is a wildcard


def letters(text: str) -> list[Letter]:
    """A pattern without variables."""
    return [(one, one in "*?") for one in text]


def with_variables(text: str, asked: Question) -> list[Letter] | None:
    """A pattern with its variables' values, which are no wildcards; None where one has none."""
    found: list[Letter] = []
    while text:
        variable = re.match(r"\$\{([^{}]*)\}", text)
        if not variable:
            found.append((text[0], text[0] in "*?"))
            text = text[1:]
            continue
        value = value_of(variable[1], asked)
        if value is None:
            return None
        found += [(one, False) for one in value]
        text = text[variable.end() :]
    return found


def value_of(inside: str, asked: Question) -> str | None:
    """What a variable stands for: the only value of a key, else its default."""
    if inside in ("*", "?", "$"):
        return inside
    name, comma, default = inside.partition(",")
    values = asked.context.get(name.strip().lower(), [])
    if len(values) == 1 or (len(values) > 1 and asked.open("a variable with several values")):
        return values[0]
    quoted = default.strip()
    return quoted[1:-1] if comma else None


def wild(pattern: Sequence[Letter], text: str) -> bool:
    """Whether a text matches."""
    if not pattern:
        return text == ""
    (letter, special), rest = pattern[0], pattern[1:]
    if special and letter == "*":
        return wild(rest, text) or (text != "" and wild(pattern, text[1:]))
    return text != "" and ((special and letter == "?") or letter == text[0]) and wild(rest, text[1:])


def arn(pattern: Sequence[Letter], text: str, colons: int = 0) -> bool:
    """The same for an ARN: what is not the star at a segment's end stays in its segment."""
    if not pattern:
        return text == ""
    (letter, special), rest = pattern[0], pattern[1:]
    if special and letter == "*" and arn(rest, text, colons):
        return True
    if text == "":
        return False
    after = colons + (text[0] == ":")
    leaves = text[0] == ":" and colons < 5
    if special and letter == "*":
        ends = rest == [] or rest[0] == (":", False)
        return (ends or not leaves) and arn(pattern, text[1:], after)
    if special:
        return not leaves and arn(rest, text[1:], after)
    return letter == text[0] and arn(rest, text[1:], after)


def resource(pattern: str, asked: Question, *, new: bool) -> bool:
    """Whether the resource is meant; an ARN with segments missing is as if they were stars."""
    found = with_variables(pattern, asked) if new else letters(pattern)
    if found is None:
        return False
    short = "".join(letter for letter, _ in found)
    whole = (
        short.startswith("arn:") and short.count(":") < 5 and arn([*found, (":", False), ("*", True)], asked.resource)
    )
    return arn(found, asked.resource) or whole
