"""Whether a value is the one that Terraform says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any, Literal

from iamgen_rules.policy.text import Partial, Unknown
from iamgen_rules.terraform.convert import convert
from iamgen_rules.terraform.types import STRING, Type
from iamgen_rules.terraform.values import Value, missing

from .asked import is_number

Verdict = Literal["same", "less", "wrong"]


def agreement(value: Value, said: Any, unknown: Any) -> Verdict:
    """Whether a value is what Terraform plans: `less` where it is unknown and Terraform knows.

    What Terraform calls unknown may be anything here.
    """
    if unknown is True:
        return "same"
    if isinstance(value.data, Unknown | Partial):
        return "less" if fits(value, said) or unknown else "wrong"
    if isinstance(value.data, Mapping):
        if not _same_keys(value.data, said, unknown):
            return "wrong"
        return _worst(agreement(part, said.get(key), _part(unknown, key)) for key, part in value.data.items())
    if isinstance(value.data, tuple):
        if not isinstance(said, list) or len(said) != len(value.data):
            return "wrong"
        return _worst(agreement(part, said[place], _part(unknown, place)) for place, part in enumerate(value.data))
    return "same" if fits(value, said) else "wrong"


def _worst(found: Iterable[Verdict]) -> Verdict:
    verdicts = set(found)
    if "wrong" in verdicts:
        return "wrong"
    return "less" if "less" in verdicts else "same"


def _same_keys(data: Mapping[str, Value], said: Any, unknown: Any) -> bool:
    """An unknown part of an object is not among its values."""
    if not isinstance(said, dict):
        return False
    return set(data) == set(said) | {key for key, part in _parts(unknown) if part is not False}


def _parts(unknown: Any) -> list[tuple[str, Any]]:
    return list(unknown.items()) if isinstance(unknown, dict) else []


def _part(unknown: Any, key: str | int) -> Any:
    if isinstance(unknown, dict):
        return unknown.get(str(key), False)
    return unknown[key] if isinstance(unknown, list) and isinstance(key, int) and key < len(unknown) else False


def fits(value: Value, said: Any, *, loosely: bool = False) -> bool:
    """Whether a value, with its unknown parts filled in, is the one that Terraform says; loosely: `2` is also `"2"`."""
    data = value.data
    if isinstance(data, Unknown):
        return True
    if isinstance(data, Partial):
        pattern = "".join("(?s:.*)" if isinstance(part, Unknown) else re.escape(part) for part in data.parts)
        return isinstance(said, str) and re.fullmatch(pattern, said) is not None
    if isinstance(data, Mapping):
        return (
            isinstance(said, dict)
            and said.keys() == data.keys()
            and all(fits(part, said[key], loosely=loosely) for key, part in data.items())
        )
    if isinstance(data, tuple):
        return _elements_fit(value, data, said, loosely=loosely)
    if loosely and type(said) is str:
        return convert(value, STRING).data == said
    if isinstance(data, int | Fraction) and not isinstance(data, bool):
        return is_number(said) and float(said) == float(data)
    return type(said) is type(data) and said == data


def _elements_fit(value: Value, data: Sequence[Value], said: Any, *, loosely: bool) -> bool:
    if not isinstance(said, list):
        return False
    if value.type.kind == "set" and missing(value):
        return all(any(fits(part, one, loosely=loosely) for one in said) for part in data)
    return len(said) == len(data) and all(
        fits(part, one, loosely=loosely) for part, one in zip(data, said, strict=True)
    )


def type_of(type_: Type) -> Any:
    """A type as Terraform writes it in JSON."""
    if type_.element:
        return [type_.kind, type_of(type_.element)]
    if type_.kind == "tuple":
        return ["tuple", [type_of(element) for element in type_.elements]]
    if type_.kind == "object":
        return ["object", {name: type_of(part) for name, part in type_.attributes}]
    return type_.kind
