"""Functions of dates and times.

Source: "Date and Time Functions" (Terraform documentation); what Terraform 1.11 does where it is silent.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from iamgen_rules.terraform.evaluation_error import EvaluationError
from iamgen_rules.terraform.functions.arguments import string, text
from iamgen_rules.terraform.functions.function import Function, Parameter
from iamgen_rules.terraform.moments import Moment, duration, moment
from iamgen_rules.terraform.scope import Context
from iamgen_rules.terraform.types import NUMBER, STRING
from iamgen_rules.terraform.values import Value, number, unknown

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_WEEKDAYS = ("Thursday", "Friday", "Saturday", "Sunday", "Monday", "Tuesday", "Wednesday")  # from 1970-01-01 on
_TOKEN = re.compile(r"(?P<verb>([A-Za-z])\2*)|(?P<quote>'')|'(?P<quoted>(?:[^']|'')*+)(?P<end>'?)|[^A-Za-z']+")

_FORMATS: dict[str, Callable[[Moment], str]] = {
    "YY": lambda at: f"{at.date[0] % 100:02}",
    "YYYY": lambda at: f"{at.date[0]:04}",
    "M": lambda at: f"{at.date[1]}",
    "MM": lambda at: f"{at.date[1]:02}",
    "MMM": lambda at: _MONTHS[at.date[1] - 1][:3],
    "MMMM": lambda at: _MONTHS[at.date[1] - 1],
    "D": lambda at: f"{at.date[2]}",
    "DD": lambda at: f"{at.date[2]:02}",
    "EEE": lambda at: _WEEKDAYS[at.days % 7][:3],
    "EEEE": lambda at: _WEEKDAYS[at.days % 7],
    "h": lambda at: f"{at.time[0]}",
    "hh": lambda at: f"{at.time[0]:02}",
    "H": lambda at: f"{at.time[0] % 12 or 12}",
    "HH": lambda at: f"{at.time[0] % 12 or 12:02}",
    "AA": lambda at: "PM" if at.time[0] >= 12 else "AM",
    "aa": lambda at: "pm" if at.time[0] >= 12 else "am",
    "m": lambda at: f"{at.time[1]}",
    "mm": lambda at: f"{at.time[1]:02}",
    "s": lambda at: f"{at.time[2]}",
    "ss": lambda at: f"{at.time[2]:02}",
    "Z": lambda at: at.zone() if at.offset else "Z",
    "ZZZ": lambda at: at.zone("") if at.offset else "UTC",
    "ZZZZ": lambda at: at.zone(""),
    "ZZZZZ": lambda at: at.zone(),
}


def _formatdate(arguments: Sequence[Value], context: Context) -> Value:
    at = moment(text(arguments[1]), 1)
    return string("".join(_shown(token, at) for token in _TOKEN.finditer(text(arguments[0]))), context)


def _shown(token: re.Match[str], at: Moment) -> str:
    if token["quote"]:
        return "'"
    if token["verb"]:
        if token["verb"] not in _FORMATS:
            raise EvaluationError(f'invalid date format verb "{token["verb"]}"', argument=0)
        return _FORMATS[token["verb"]](at)
    if token["quoted"] is None:
        return token[0]
    if not token["end"] and not token["quoted"].endswith("''"):
        raise EvaluationError("unterminated literal '", argument=0)
    return token["quoted"].replace("''", "'")


def _timeadd(arguments: Sequence[Value], context: Context) -> Value:
    start = moment(text(arguments[0]), 0)
    return string(str(replace(start, nanoseconds=start.nanoseconds + duration(text(arguments[1]), 1))), context)


def _timecmp(arguments: Sequence[Value], _context: Context) -> Value:
    first, second = (moment(text(value), place, lenient=True).nanoseconds for place, value in enumerate(arguments))
    return number((first > second) - (first < second))


def _of_the_plan(name: str) -> Function:
    """The time of another day."""
    return Function(lambda _arguments, _context: unknown(STRING, f"{name}()"), result=STRING)


FUNCTIONS = {
    "formatdate": Function(_formatdate, (Parameter("format", STRING), Parameter("time", STRING)), result=STRING),
    "plantimestamp": _of_the_plan("plantimestamp"),
    "timeadd": Function(_timeadd, (Parameter("timestamp", STRING), Parameter("duration", STRING)), result=STRING),
    "timecmp": Function(_timecmp, (Parameter("timestamp_a", STRING), Parameter("timestamp_b", STRING)), result=NUMBER),
    "timestamp": _of_the_plan("timestamp"),
}
