"""The types of the fields under `lint:`."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, NoReturn

from pydantic import BeforeValidator, WithJsonSchema

from iamgen.fields import Text, refuse
from iamgen.wording import shown

_CODE = "IAM[0-9]{3}"
_DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}"


def _wrong_code(text: str) -> str | None:
    if re.fullmatch(_CODE, text):
        return None
    return f"{shown(text)} is not a rule's code, such as IAM001: `iamgen rule` lists them"


def _parse_day(value: object) -> object:
    if not isinstance(value, str):
        return value
    try:
        return date.fromisoformat(value) if re.fullmatch(_DAY, value) else _no_day(value)
    except ValueError:
        return _no_day(value)


def _no_day(text: str) -> NoReturn:
    raise refuse(f"{shown(text)} is no day: write year, month and day, as 2027-01-31")


def _wrong_text(text: str) -> str | None:
    if not text.strip():
        return "is blank" if text else "is empty"
    return None if text.isprintable() else f"{shown(text)} holds what cannot be printed"


Code = Annotated[str, Text(_wrong_code, 256, "a code", {"pattern": f"^{_CODE}$"})]
Day = Annotated[date, BeforeValidator(_parse_day), WithJsonSchema({"type": "string", "pattern": f"^{_DAY}$"})]
Glob = Annotated[str, Text(_wrong_text, 4096, "a glob", {"minLength": 1})]
FilePath = Annotated[str, Text(_wrong_text, 4096, "a path", {"minLength": 1})]
Name = Annotated[str, Text(_wrong_text, 256, "a name", {"minLength": 1, "type": ["string", "integer"]})]
