"""pydantic's errors, in the words of a roster: where in the file, what is wrong, what would be right."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from iamgen.lint_settings import Ignored, Lint, Root
from iamgen.roster import DOCUMENT, REFERENCE, Document, Group, Mfa, Output, Roster, SudoRole, User
from iamgen.section import Section
from iamgen.tree import Fault, Path, kind_of
from iamgen.wording import did_you_mean, listed, shown

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

_SECTIONS: Mapping[str, type[Section]] = {
    "mfa": Mfa,
    "sudo_roles": SudoRole,
    "groups": Group,
    "users": User,
    "output": Output,
    "policies": Document,
    "lint": Lint,
    "ignore": Ignored,
    "roots": Root,
}
_NEEDED = {
    "document": "a file with the policy in JSON",
    "code": "the code of a rule, such as IAM001",
    "reason": "one",
    "path": "the folder of a root module",
}
_SHORT = 40
_KEY = "[key]"  # how pydantic marks an error of a mapping's key


def path_of(error: ErrorDetails) -> Path:
    """The path that an error is about, without the marks that pydantic adds."""
    location = error["loc"]
    if _is_key(error):
        location = location[:-1]
    return tuple(
        part
        for number, part in enumerate(location)
        if part not in (DOCUMENT, REFERENCE) or not isinstance(location[number - 1], int)
    )


def _is_key(error: ErrorDetails) -> bool:
    location = error["loc"]
    return len(location) > 1 and location[-1] == _KEY and location[-2] != "tags"


def explain(error: ErrorDetails, path: Path, written: bool) -> Fault:
    """One error of pydantic, about what stands at `path`; `written`: its key is there, perhaps without a value."""
    kind, value = error["type"], error["input"]
    if kind == "iamgen":
        return Fault(path, error.get("ctx", {})["message"], at_key=_is_key(error))
    if kind == "extra_forbidden":
        return Fault(path, _unknown_key(path), at_key=True)
    if kind == "missing":
        return Fault(path, _missing(path, "is empty" if written else "is missing"), at_key=True)
    if value is None or value == "":
        return Fault(path, 'is empty: write a value, or ""' if "tags" in path else "is empty")
    hint = (
        f": write {{name: {value}}}" if kind == "model_type" and isinstance(path[-1], int) and _is_short(value) else ""
    )
    return Fault(path, _MESSAGES[kind](value, error.get("ctx", {})) + hint)


def _unknown_key(path: Path) -> str:
    known = tuple(section(path[:-1]).model_fields)
    return f"unknown key{did_you_mean(str(path[-1]), known) or '; known here: ' + listed(known)}"


def _missing(path: Path, what: str) -> str:
    if path == ("version",):
        return f"{what}: write `version: 1` at the top"
    return f"{what}: each entry needs {_NEEDED.get(str(path[-1]), 'one')}"


def section(path: Path) -> type[Section]:
    """The model of the mapping at a path."""
    names = [part for part in path if isinstance(part, str)]
    return _SECTIONS[names[-1]] if names else Roster


def _not(what: str) -> Callable[[Any, Mapping[str, Any]], str]:
    return lambda value, _: f"is {kind_of(value)}, not {what}"


def _not_a_list(value: Any, _: Mapping[str, Any]) -> str:
    if _is_short(value):
        return f"is text, not a list: write [{value}]"
    return f"is {kind_of(value)}, not a list: begin each entry with a dash"


def _is_short(value: Any) -> bool:
    return isinstance(value, str) and len(value) < _SHORT and value.isprintable()


def _not_one_of(value: Any, context: Mapping[str, Any]) -> str:
    if kind_of(value) != "text":
        return f"is {kind_of(value)}, not text"
    allowed = context["expected"].replace("'", "").replace(" or ", ", ").split(", ")
    return f"{shown(value)} is unknown{did_you_mean(value, allowed) or '; write ' + listed(allowed, 'or')}"


def _too_long(value: Any, context: Mapping[str, Any]) -> str:
    return f"{len(value):,} characters; at most {context['max_length']:,}"


_MESSAGES: Mapping[str, Callable[[Any, Mapping[str, Any]], str]] = {
    "string_type": _not("text"),
    "string_too_short": lambda *_: "is blank",
    "string_too_long": _too_long,
    "tuple_type": _not_a_list,
    "model_type": _not("a mapping"),
    "dict_type": _not("a mapping"),
    "bool_type": _not("true or false"),
    "int_type": _not("a duration such as 1h"),
    "literal_error": _not_one_of,
}
