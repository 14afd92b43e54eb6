"""Comments that silence rules: `# iamgen: ignore[IAM001,IAM004] until=2027-01-31 reason`.

Comments are found as Terraform finds them, never in strings or heredocs. A comment is about the block, argument or
element that begins on its line; one that has its line for itself is about what is below it, behind the comments that
follow without an empty line. What was installed is of somebody else, who does not decide what is silenced here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from iamgen_rules.engine.selection import no_rule
from iamgen_rules.errors import Problem
from iamgen_rules.rule import Rule
from iamgen_rules.source import Place

if TYPE_CHECKING:
    from iamgen_rules.engine.covering import Covered

_WORD = "iamgen:"
_LANGUAGES = (".tf", ".tofu", ".tfvars")
_INSTALLED = re.compile(r"(?:^|[/\\])\.terraform[/\\]")
_DIRECTIVE = re.compile(r"(?m)^[ \t]*+(?:#++|//++|/\*++|\*++)?[ \t]*+(iamgen:[^\n]*)")
_IGNORE = re.compile(r"iamgen:\s*ignore\s*\[([^\]]*)\](.*)")
_UNTIL = re.compile(r"\s+until=(\S*)")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_FORM = "`iamgen: ignore[IAM001] until=2027-01-31 reason`, of which `until` may be left out"


@dataclass(frozen=True, slots=True)
class Directive:
    """A comment that silences one rule for what it covers (nothing, if None), until the end of a day."""

    code: str
    reason: str
    place: Place
    covers: Covered | None
    until: date | None = None


def directives(texts: Mapping[str, str], rules: Mapping[str, Rule]) -> Iterator[Directive | Problem]:
    """The directives in texts of Terraform's language, one for each code, and what is wrong with those that are not."""
    for document, text in texts.items():
        if _WORD in text and document.endswith(_LANGUAGES) and _INSTALLED.search(document) is None:
            from iamgen_rules.engine.covering import Source  # with the lexer, which most texts do not need

            source = Source(document, text)
            for comment, covers in source.comments():
                for match in _DIRECTIVE.finditer(text[comment.start : comment.end]):
                    written = match[1].removesuffix("*/").rstrip()
                    start = comment.start + match.start(1)
                    yield from _read(written, source.place(start, start + len(written)), covers, rules)


def _read(text: str, place: Place, covers: Covered | None, rules: Mapping[str, Rule]) -> Iterator[Directive | Problem]:
    match = _IGNORE.fullmatch(text)
    if match is None:
        yield Problem(place, f"this is not understood: write {_FORM}")
        return
    until, reason = _split(match[2])
    problem = _problem(until, reason, match[1])
    if problem:
        yield Problem(place, problem)
        return
    for code in dict.fromkeys(code.strip() for code in match[1].split(",")):
        if code in rules:
            yield Directive(code, reason, place, covers, _date(until) if until is not None else None)
        else:
            yield Problem(place, no_rule(code, rules))


def _split(text: str) -> tuple[str | None, str]:
    """The date as it is written, if one is, and the reason."""
    match = _UNTIL.match(text)
    return (None, text.strip()) if match is None else (match[1], text[match.end() :].strip())


def _problem(until: str | None, reason: str, codes: str) -> str:
    if not codes.strip():
        return "no rule is named: write `ignore[IAM001]`"
    if until is not None and _date(until) is None:
        return f"until={until} is no date: write `until=2027-01-31`"
    if _UNTIL.search(f" {reason}"):
        return "until= comes before the reason, once"
    if not re.search(r"\w", reason):
        return f"a reason is missing: write {_FORM}"
    return ""


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if _DATE.fullmatch(text) else None
    except ValueError:
        return None
