"""Data sources of other providers that policies are made with.

Source: the documentation of hashicorp/template (`template_file`) and hashicorp/local (`local_file`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from iamgen_rules.terraform.aws.computed import Configured
from iamgen_rules.terraform.aws.schema import Mode
from iamgen_rules.terraform.convert import convert
from iamgen_rules.terraform.evaluation_error import EvaluationError
from iamgen_rules.terraform.json_file import JsonFile
from iamgen_rules.terraform.types import STRING, map_of
from iamgen_rules.terraform.values import Value, map_value, missing, unknown

Compute = Callable[[Configured], Value]
_TEMPLATE = "template"


def computed(mode: Mode, kind: str, attribute: str) -> Compute | None:
    """What works out an attribute; None where only the provider knows. It raises EvaluationError."""
    return _COMPUTED.get((mode, kind, attribute))


def _rendered(configured: Configured) -> Value:
    """The template with its variables, which are texts."""
    template = convert(configured.argument(_TEMPLATE), STRING)
    variables = _variables(configured)
    if template.is_null:
        raise EvaluationError("it has no template")
    if not isinstance(template.data, str) or variables.is_unknown:
        return unknown(STRING, *missing(template, variables))
    written = template.origin.path if isinstance(template.origin, JsonFile) else str(configured.place(_TEMPLATE))
    return convert(configured.context.template(template.data, variables, written), STRING)


def _variables(configured: Configured) -> Value:
    """The argument `vars`; before Terraform 0.12 it was written as a block as well."""
    given = configured.argument("vars")
    if not given.is_null:
        return convert(given, map_of(STRING))
    found: dict[str, Value] = {}
    for block in configured.blocks("vars"):
        if isinstance(block, Value):
            return unknown(map_of(STRING), *missing(block))
        found |= {name: convert(block.argument(name), STRING) for name in block.names}
    return map_value(STRING, found)


def _content(configured: Configured) -> Value:
    """The text of a file, as `file()` reads it."""
    path = convert(configured.argument("filename"), STRING)
    if not isinstance(path.data, str):
        return unknown(STRING, *missing(path))
    try:
        text = configured.context.files.read(path.data).decode()
    except UnicodeDecodeError as error:
        raise EvaluationError(f"contents of {path.data} are not valid UTF-8") from error
    configured.context.meter.text(len(text))
    return replace(Value(STRING, text), origin=JsonFile(configured.context.files.shown(path.data), text))


_COMPUTED: Mapping[tuple[Mode, str, str], Compute] = {
    ("data", "template_file", "rendered"): _rendered,
    ("data", "local_file", "content"): _content,
}
