"""References: names of their own that an expression introduces, and chains of attributes and indices.

Source: "References to Values" (Terraform documentation).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from iamgen_rules.policy.text import Unknown
from iamgen_rules.source import Place
from iamgen_rules.terraform.evaluation_error import EvaluationError
from iamgen_rules.terraform.scope import Context, Scope, Step
from iamgen_rules.terraform.syntax import Attribute, Each, Expression, Extent, Index, Name
from iamgen_rules.terraform.traverse import attribute, index
from iamgen_rules.terraform.values import Value, missing, number

Evaluate = Callable[[Expression, Scope], Value]
Reference = Name | Each | Attribute | Index

_EACH = "*"  # no name can be that


class Local:
    """A scope with more names: those of a `for`, the one element of a splat, the variables of a template."""

    def __init__(self, outer: Scope, names: Mapping[str, Value]) -> None:
        """Names hide those of the outer scope."""
        self.outer: Scope = outer.outer if isinstance(outer, Local) else outer
        self.names: Mapping[str, Value] = {**outer.names, **names} if isinstance(outer, Local) else names

    @property
    def context(self) -> Context:
        """What functions may use."""
        return self.outer.context

    def resolve(self, root: str, steps: Sequence[Step], extent: Extent) -> tuple[Value, int]:
        """The value of a name, without its steps; or what the outer scope says."""
        if root in self.names:
            return self.names[root], 0
        return self.outer.resolve(root, steps, extent)

    def place(self, extent: Extent) -> Place:
        """Where the text of the expressions that are evaluated here has this extent."""
        return self.outer.place(extent)


def with_element(scope: Scope, element: Value) -> Scope:
    """A scope in which `Each` is this element."""
    return Local(scope, {_EACH: element})


def reference(node: Reference, scope: Scope, evaluate: Evaluate) -> Value:
    """`name.attribute[index]`: offered to the scope as a whole, so that it need not know more than is asked for."""
    chain = _chain(node)
    base, links = chain[0], [(link, _step(link, scope, evaluate)) for link in chain[1:]]
    steps = [step for _, step in links]
    if isinstance(base, Name | Each):
        root = base.name if isinstance(base, Name) else _EACH
        value, taken = _resolved(scope, root, _known(steps), node.extent)
    else:
        value, taken = evaluate(base, scope), 0
    for link, step in links[taken:]:
        value = _stepped(value, step, link)
    return value


def _chain(node: Reference) -> list[Expression]:
    """The links of a chain from its beginning."""
    found: list[Expression] = [node]
    while isinstance(node, Attribute | Index):
        inner = node.object if isinstance(node, Attribute) else node.collection
        found.append(inner)
        if not isinstance(inner, Name | Each | Attribute | Index):
            break
        node = inner
    return found[::-1]


def _step(link: Expression, scope: Scope, evaluate: Evaluate) -> Step:
    if isinstance(link, Attribute):
        return link.name
    if not isinstance(link, Index):
        raise TypeError(link)
    key = evaluate(link.key, scope)
    whole = isinstance(key.data, int) and not isinstance(key.data, bool) and not key.sensitive
    return key.data if whole and isinstance(key.data, int) else key


def _known(steps: Sequence[Step]) -> Sequence[Step]:
    """The steps up to the first that is not known, and of which nobody can say that it is the same as another."""
    for place, step in enumerate(steps):
        if isinstance(step, Value) and missing(step) and not (isinstance(step.data, Unknown) and step.data.identity):
            return steps[:place]
    return steps


def _resolved(scope: Scope, root: str, steps: Sequence[Step], extent: Extent) -> tuple[Value, int]:
    try:
        return scope.resolve(root, steps, extent)
    except EvaluationError as error:
        raise placed(error, extent) from None


def _stepped(value: Value, step: Step, link: Expression) -> Value:
    try:
        if isinstance(step, str):
            return attribute(value, step)
        return index(value, number(step) if isinstance(step, int) else step)
    except EvaluationError as error:
        raise placed(error, link.extent) from None


def placed(error: EvaluationError, extent: Extent) -> EvaluationError:
    """The error with a place, where it has none yet."""
    if error.extent:
        return error
    return EvaluationError(error.message, extent, argument=error.argument, lasting=error.lasting)
