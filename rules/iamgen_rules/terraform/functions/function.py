"""A function of Terraform's language."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from iamgen_rules.terraform.scope import Context
from iamgen_rules.terraform.types import DYNAMIC, Type
from iamgen_rules.terraform.values import Value

Call = Callable[[Sequence[Value], Context], Value]
Result = Type | Callable[[Sequence[Value]], Type]


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter. An argument is converted to its type; null is refused, and what is unknown makes the result unknown.

    Unless `null` or `unknown`: then the function looks at it itself. `unknown` includes texts with unknown pieces
    (`Partial`) and collections with unknown elements, which a function without it never sees: it is asked for a
    result only where the whole argument is known. With `reference` the argument is one: `local.x`, and no other
    expression.
    """

    name: str
    type: Type = DYNAMIC
    null: bool = False
    unknown: bool = False
    reference: bool = False


@dataclass(frozen=True, slots=True)
class Function:
    """A function: its parameters, what it does, and the type of its result while arguments are unknown.

    `call` raises EvaluationError for arguments that Terraform refuses. Marks of sensitivity are passed on by the
    caller; with `marks` the function does so itself.
    """

    call: Call
    parameters: Sequence[Parameter] = ()
    variadic: Parameter | None = None
    result: Result = DYNAMIC
    marks: bool = False
