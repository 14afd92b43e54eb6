"""Which rules run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from iamgen_rules.errors import UsageError
from iamgen_rules.rule import Rule
from iamgen_rules.settings import Settings

_LONGEST = 40


def selected(rules: Mapping[str, Rule], settings: Settings) -> Mapping[str, Rule]:
    """The rules that run, by code. Raises UsageError where a code is none."""
    wrong = [no_rule(code, rules) for code in (*settings.select, *settings.ignore) if code not in rules]
    if wrong:
        raise UsageError("\n".join(dict.fromkeys(wrong)))
    chosen = set(settings.select or rules) - set(settings.ignore)
    return {code: rule for code, rule in sorted(rules.items()) if code in chosen}


def no_rule(code: str, rules: Mapping[str, Rule]) -> str:
    """What to say of a code that is none, with those that are near, or the code of the rule that is called so."""
    shown = repr(code if len(code) <= _LONGEST else f"{code[:_LONGEST]}…")
    return f"there is no rule {shown}{_hint(near_codes(code[:_LONGEST], rules))}"


def near_codes(code: str, rules: Mapping[str, Rule]) -> tuple[str, ...]:
    """Codes that may have been meant: in another case, of the rule with that name, else the nearest, sorted."""
    named = [rule.code for rule in rules.values() if code.lower() in (rule.code.lower(), rule.name)]
    return tuple(named or sorted(get_close_matches(code.upper(), rules, n=3, cutoff=0.8)))


def _hint(near: Iterable[str]) -> str:
    *others, last = near = tuple(near) or ("",)
    return f"; did you mean {', '.join(others)}{' or ' if others else ''}{last}?" if near != ("",) else ""
