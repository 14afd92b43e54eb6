"""`jsondecode`.

Source: "jsondecode Function" (Terraform documentation); go-cty's package `json`, which Terraform uses.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import NoReturn
from unicodedata import normalize

from iamgen_rules.policy import holes
from iamgen_rules.policy.text import Partial, Unknown, missing_of, text_of
from iamgen_rules.terraform.evaluation_error import EvaluationError
from iamgen_rules.terraform.functions.arguments import unknown_by
from iamgen_rules.terraform.functions.function import Function, Parameter
from iamgen_rules.terraform.number import Number, parse
from iamgen_rules.terraform.scope import Context
from iamgen_rules.terraform.types import DYNAMIC, STRING
from iamgen_rules.terraform.values import (
    NULL,
    Value,
    boolean,
    number,
    object_value,
    string,
    tuple_value,
    unknown,
)  # fmt: skip

_SURROGATE = re.compile("[\ud800-\udfff]")


def _jsondecode(arguments: Sequence[Value], context: Context) -> Value:
    text = arguments[0].data
    if isinstance(text, str):
        return _Decoding(context).value(_loads(text))
    data = holes.read(text) if isinstance(text, Partial) else Unknown("")
    if isinstance(data, Unknown) or _has_float(data):
        return unknown_by(DYNAMIC, arguments[0])
    return _Decoding(context).value(data)


class _Pairs(list[tuple[str, object]]):
    """The members of an object, one behind the other."""


def _loads(text: str) -> object:
    try:
        return json.loads(
            text, object_pairs_hook=_Pairs, parse_int=_number, parse_float=_number, parse_constant=_no_number
        )
    except json.JSONDecodeError as error:
        raise EvaluationError(f"this is not JSON: {error}", argument=0) from error
    except RecursionError as error:
        raise EvaluationError("the JSON is nested too deeply", argument=0, lasting=True) from error


def _number(text: str) -> Number:
    found = parse(text)
    if found is None:
        raise EvaluationError(f"the number {text[:20]}… is too large", argument=0, lasting=True)
    return found


def _no_number(name: str) -> NoReturn:
    """Python reads `NaN` and `Infinity`, JSON has neither."""
    raise EvaluationError(f"this is not JSON: {name} is no number", argument=0)


def _has_float(data: object) -> bool:
    """Whether a number was read as Python does, who rounds it."""
    if isinstance(data, Mapping):
        return any(map(_has_float, data.values()))
    return any(map(_has_float, data)) if isinstance(data, list) else isinstance(data, float)


def _text(text: str) -> str:
    """Half of a surrogate pair is no character: Go writes U+FFFD."""
    return _SURROGATE.sub("\ufffd", text)


class _Decoding:
    """Plain data to a value."""

    def __init__(self, context: Context) -> None:
        self.meter = context.meter

    def value(self, data: object) -> Value:
        self.meter.spend()
        if isinstance(data, _Pairs | Mapping | list):
            with self.meter.nested():
                return self._collection(data)
        return _scalar(data)

    def _collection(self, data: _Pairs | Mapping[object, object] | list[object]) -> Value:
        self.meter.elements(len(data))
        if isinstance(data, _Pairs):
            return object_value(self._members(data))
        if isinstance(data, Mapping):
            return self._partly(data)
        return tuple_value(map(self.value, data))

    def _partly(self, data: Mapping[object, object]) -> Value:
        """An object whose keys may have holes: then nothing is known of it."""
        if not all(isinstance(key, str) for key in data):
            return unknown(
                DYNAMIC, *(name for key in data if isinstance(key, Unknown | Partial) for name in missing_of(key))
            )
        return object_value({normalize("NFC", _text(str(key))): self.value(part) for key, part in data.items()})

    def _members(self, pairs: _Pairs) -> dict[str, Value]:
        """Of a key that stands there twice, Terraform takes the last value, in the last type."""
        found: dict[str, Value] = {}
        written: dict[str, str] = {}
        for key, data in pairs:
            made, name = self.value(data), normalize("NFC", _text(key))
            if written.setdefault(name, key) != key:
                raise EvaluationError(f"this is not JSON: two keys are {name}", argument=0)
            if name in found and made.type != found[name].type:
                raise EvaluationError(f"the key {name} has values of several types", argument=0, lasting=True)
            found[name] = made
        return found


def _scalar(data: object) -> Value:
    if isinstance(data, Unknown):
        return unknown(DYNAMIC, data.name)
    if isinstance(data, Partial):
        return string(text_of(*(_text(part) if isinstance(part, str) else part for part in data.parts)))
    if isinstance(data, str):
        return string(_text(data))
    if isinstance(data, bool):
        return boolean(data)
    return number(data) if isinstance(data, int | Fraction) else NULL


FUNCTIONS = {"jsondecode": Function(_jsondecode, (Parameter("str", STRING, unknown=True),))}
