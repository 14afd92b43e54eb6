"""Templates: strings with interpolations and directives.

Source: "Strings and Templates" (Terraform documentation).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from iamgen_rules.policy.text import Partial, Text, Unknown, parts_of, text_of
from iamgen_rules.terraform.convert import convert
from iamgen_rules.terraform.evaluation_error import EvaluationError, TemplateValueError
from iamgen_rules.terraform.loops import items_of
from iamgen_rules.terraform.names import Local
from iamgen_rules.terraform.origins import JsonTemplate, with_holes
from iamgen_rules.terraform.scope import Scope
from iamgen_rules.terraform.syntax import Expression, Extent, Template, TemplateFor, TemplateIf, TemplatePart
from iamgen_rules.terraform.types import BOOL, STRING
from iamgen_rules.terraform.values import Value, missing, string

Evaluate = Callable[[Expression, Scope], Value]


def template(node: Template, scope: Scope, evaluate: Evaluate) -> Value:
    """The text of a template, unknown pieces where its parts are; or the value of its only interpolation."""
    if len(node.parts) == 1 and not isinstance(node.parts[0], str | TemplateIf | TemplateFor):
        return evaluate(node.parts[0], scope)
    starts: list[int] = []
    made = _rendered(node.parts, scope, evaluate, starts)
    text = made.data
    origin = JsonTemplate(scope, node, text, tuple(starts)) if _may_be_json(text) else None
    return Value(STRING, string(text).data, made.sensitive, origin)


def _may_be_json(text: Text) -> bool:
    first = parts_of(text)[0]
    return isinstance(first, str) and first.lstrip().startswith("{")


class _Text:
    """A text that grows, and whether something sensitive went into it."""

    def __init__(self) -> None:
        self._parts: list[Text] = []
        self.sensitive = False
        self.length = 0

    def add(self, text: Text, *, sensitive: bool = False) -> None:
        """Append a text."""
        self._parts.append(text)
        self.length += len(with_holes(text))
        self.sensitive = self.sensitive or sensitive

    def unknown(self, value: Value) -> None:
        """Append something that is not known."""
        made = value.data if isinstance(value.data, Unknown) else Unknown(", ".join(sorted(missing(value))))
        self.add(made, sensitive=value.sensitive)

    @property
    def data(self) -> Text:
        """The whole text."""
        return text_of(*self._parts)


def _rendered(
    parts: Sequence[TemplatePart], scope: Scope, evaluate: Evaluate, starts: list[int] | None = None
) -> _Text:
    """The text of parts; `starts` is given where each of them begins."""
    made = _Text()
    for part in parts:
        if starts is not None:
            starts.append(made.length)
        if isinstance(part, str):
            made.add(part)
        elif isinstance(part, TemplateIf):
            _add_if(made, part, scope, evaluate)
        elif isinstance(part, TemplateFor):
            _add_for(made, part, scope, evaluate)
        else:
            _add_value(made, evaluate(part, scope), part.extent)
    scope.context.meter.text(sum(len(piece) for piece in parts_of(made.data) if isinstance(piece, str)))
    return made


def _add_value(made: _Text, value: Value, extent: Extent) -> None:
    if value.data is None:
        raise TemplateValueError(
            "the expression result is null: cannot include a null value in a string template", extent
        )
    try:
        found = convert(value, STRING)
    except EvaluationError as error:
        raise TemplateValueError(
            f"cannot include the given value in a string template: {error.message}", extent
        ) from None
    if isinstance(found.data, str | Partial):
        made.add(found.data, sensitive=found.sensitive)
    else:
        made.unknown(value)


def _add_if(made: _Text, part: TemplateIf, scope: Scope, evaluate: Evaluate) -> None:
    condition = evaluate(part.condition, scope)
    try:
        holds = convert(condition, BOOL)
    except EvaluationError:
        raise EvaluationError("the condition of `if` must be of type bool", part.condition.extent) from None
    if holds.data is None:
        raise EvaluationError("the condition of `if` is null", part.condition.extent)
    if holds.is_unknown:
        _add_either(made, part, condition, scope, evaluate)
        return
    chosen = _rendered(part.then if holds.data else part.otherwise, scope, evaluate)
    made.add(chosen.data, sensitive=chosen.sensitive)


def _add_either(made: _Text, part: TemplateIf, condition: Value, scope: Scope, evaluate: Evaluate) -> None:
    """What is the same whether a condition holds or not, else a hole."""
    texts: list[Text | None] = []
    for parts in (part.then, part.otherwise):
        try:
            texts.append(_rendered(parts, scope, evaluate).data)
        except EvaluationError:
            texts.append(None)
    if texts[0] == texts[1] and texts[0] is not None:
        made.add(texts[0], sensitive=condition.sensitive)
    else:
        made.unknown(condition)


def _add_for(made: _Text, part: TemplateFor, scope: Scope, evaluate: Evaluate) -> None:
    collection = evaluate(part.collection, scope)
    items = items_of(collection, part.collection.extent)
    if items is None:
        made.unknown(collection)
        return
    for key, value in items:
        scope.context.meter.spend()
        names = {part.value: value} if not part.key else {part.key: key, part.value: value}
        body = _rendered(part.body, Local(scope, names), evaluate)
        made.add(body.data, sensitive=body.sensitive or collection.sensitive)
