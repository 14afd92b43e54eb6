"""What a scalar of YAML means to Terraform: YAML 1.1's words, and numbers of its own.

Source: "yamldecode Function" (Terraform documentation), which names the types; go-cty-yaml's `resolve.go`, and what
Terraform 1.11 answers.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from iamgen_rules.terraform.evaluation_error import EvaluationError
from iamgen_rules.terraform.moments import moment
from iamgen_rules.terraform.number import parse
from iamgen_rules.terraform.types import NUMBER
from iamgen_rules.terraform.values import FALSE, NULL, TRUE, Value, number, string, unknown

_STANDARD = "tag:yaml.org,2002:"
_TYPES = {"", "str", "bool", "int", "float", "null", "timestamp", "binary"}
_WORDS: Mapping[str, Value] = {
    **dict.fromkeys(["y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"], TRUE),
    **dict.fromkeys(["n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"], FALSE),
    **dict.fromkeys(["", "~", "null", "Null", "NULL"], NULL),
}
_INFINITE = {sign + word for sign in ("", "+", "-") for word in (".inf", ".Inf", ".INF")}
_NAN = {".nan", ".NaN", ".NAN"}
_TELLING = re.compile(r"[-+0-9.yYnNtTfFoO~]|\Z")  # with anything else begins a text
_WHOLE = re.compile(r"0x[0-9a-fA-F]+|0o[0-7]+")
_NUMERAL = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
_TAGGED_WHOLE = re.compile(r"[+-]?(?:0[xX][0-9a-fA-F]+|0[oO][0-7]+|0[bB][01]+)")
_LARGEST = 2**64 - 1
_BASE64 = re.compile(r"(?:[A-Za-z0-9+/]{4})*+(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?")
_TIMESTAMP = re.compile(
    r"(\d{4})-(\d\d?)-(\d\d?)(?:(?:[Tt](?=.*(?:Z|[+-]\d\d:\d\d)\Z)| +(?!.*[Z+-]))"
    r"(\d\d?):(\d\d?):(\d\d?)(?:[.,]\d+)?(Z|[+-]\d\d:\d\d)?)?",
    re.ASCII,
)


def resolved(text: str, tag: str, *, plain: bool) -> Value:
    """The value of a scalar; `plain` is one without quotes. Raises EvaluationError."""
    type_ = tag.removeprefix(_STANDARD)
    if type_ not in _TYPES or (tag and type_ == tag):
        raise EvaluationError(f"unsupported tag {tag}")
    if type_ not in {"str", "binary"} and _TELLING.match(text):
        if not plain:
            return string(text)
        found = _guessed(text, type_)
        if found is not None:
            return found
    return _tagged(text, type_)


def _guessed(text: str, type_: str) -> Value | None:
    """What a text without quotes looks like."""
    if text in _WORDS:
        return _WORDS[text]
    if text in _INFINITE:
        return unknown(NUMBER, f"{text} in YAML")
    if text in _NAN and not type_:
        raise EvaluationError("floating point NaN is not supported")
    if text[0] not in "+-.0123456789":
        return None
    return (timestamp(text) if type_ in {"", "timestamp"} else None) or _number(text)


def _number(text: str) -> Value | None:
    if _WHOLE.fullmatch(text):
        return _whole(text)
    if not _NUMERAL.fullmatch(text):
        return None
    found = parse(text)
    if found is None:
        raise EvaluationError(f"the number {text[:20]}… is too large", lasting=True)
    return number(found)


def _whole(text: str) -> Value:
    found = int(text, 0)
    if not -(_LARGEST // 2) - 1 <= found <= _LARGEST:
        raise EvaluationError(f"cannot parse {text} as a number")
    return number(found)


def timestamp(text: str) -> Value | None:
    """A timestamp as a text of RFC 3339; None where it is none."""
    found = _TIMESTAMP.fullmatch(text)
    if not found:
        return None
    year, *rest = (part or "0" for part in found.groups()[:6])
    month, day, hours, minutes, seconds = (part.zfill(2) for part in rest)
    try:
        return string(
            str(moment(f"{year}-{month}-{day}T{hours}:{minutes}:{seconds}{found[7] or 'Z'}", 0, lenient=True))
        )
    except EvaluationError:
        return None


def _tagged(text: str, type_: str) -> Value:
    """A text with a tag that says what it is."""
    if type_ in {"int", "float"}:
        digits = text.replace("_", "")
        found = _whole(digits) if _TAGGED_WHOLE.fullmatch(digits) else _number(digits)
    elif type_ == "binary":
        found = string(text) if _BASE64.fullmatch(text.replace("\n", "").replace("\r", "")) else None
    elif type_ == "null":
        found = NULL
    else:
        found = string(text) if type_ in {"", "str"} else None
    if found is None:
        raise EvaluationError(f"cannot parse {text} as {type_}")
    return found
