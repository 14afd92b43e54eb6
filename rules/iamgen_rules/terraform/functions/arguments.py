"""Reading the arguments of functions, and making their results."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction

from iamgen_rules.policy.text import Partial, Text, Unknown
from iamgen_rules.terraform import values
from iamgen_rules.terraform.evaluation_error import EvaluationError
from iamgen_rules.terraform.scope import Context
from iamgen_rules.terraform.types import STRING, Type
from iamgen_rules.terraform.values import Value, list_value, marked, missing, unknown

_SMALLEST, _LARGEST = -(2**63), 2**63 - 1


def text(value: Value) -> str:
    """The text of an argument that is wholly known."""
    if not isinstance(value.data, str):
        raise TypeError(value)
    return value.data


def pieces(value: Value) -> Text:
    """The text of an argument of which pieces may be unknown."""
    if not isinstance(value.data, str | Partial | Unknown):
        raise TypeError(value)
    return value.data


def number(value: Value) -> int | Fraction:
    """The number of an argument that is known."""
    if not isinstance(value.data, int | Fraction):
        raise TypeError(value)
    return value.data


def absolute(found: int | Fraction) -> int | Fraction:
    """A number without its sign."""
    return found if found > 0 else -found


def whole(value: Value, argument: int, called: str = "") -> int:
    """A whole number of 64 bits, as Go has it. Raises EvaluationError for others; `called` begins the message."""
    found = number(value)
    if isinstance(found, int) and _SMALLEST <= found <= _LARGEST:
        return found
    message = f"value must be a whole number, between {_SMALLEST} and {_LARGEST} inclusive"
    raise EvaluationError(f"{called}: {message}" if called else message, argument=argument)


def elements(value: Value) -> Sequence[Value]:
    """The elements of a list, set or tuple that is known; the values of a map or object."""
    if isinstance(value.data, Mapping):
        return tuple(value.data.values())
    if not isinstance(value.data, tuple):
        raise TypeError(value)
    return value.data


def entries(value: Value) -> Mapping[str, Value]:
    """The elements of a map or object that is known, by key."""
    if not isinstance(value.data, Mapping):
        raise TypeError(value)
    return value.data


def element_type(type_: Type) -> Type:
    """The type of the elements of a list, set or map."""
    if type_.element is None:
        raise TypeError(type_)
    return type_.element


def unknown_by(type_: Type, *sources: Value) -> Value:
    """An unknown value, for what is unknown in these; sensitive where one of them is."""
    return marked(unknown(type_, *missing(*sources)), *sources)


def string(made: Text, context: Context) -> Value:
    """A text as a value, where there is room for it."""
    context.meter.text(length_of(made))
    return values.string(made)


def strings(made: Iterable[str], context: Context) -> Value:
    """Texts as a list, where there is room for it."""
    found = [values.string(one) for one in made]
    context.meter.elements(len(found))
    return list_value(STRING, found)


def length_of(made: Text) -> int:
    """How many characters of a text are known."""
    if isinstance(made, Partial):
        return sum(len(part) for part in made.parts if isinstance(part, str))
    return len(made) if isinstance(made, str) else 0


def of_text(change: Callable[[str], str]) -> Callable[[Sequence[Value], Context], Value]:
    """A function of one text, made of what it does to the text."""

    def call(arguments: Sequence[Value], context: Context) -> Value:
        return string(change(text(arguments[0])), context)

    return call
