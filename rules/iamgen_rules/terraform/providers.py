"""Which provider configuration makes a resource: each is an account of its own.

Source: "Providers Within Modules" (Terraform documentation).
"""

from __future__ import annotations

from collections.abc import Mapping

from iamgen_rules.terraform.dynamic import written_out
from iamgen_rules.terraform.edge import Problems
from iamgen_rules.terraform.merged import Merged, Setting
from iamgen_rules.terraform.module import Module
from iamgen_rules.terraform.scopes import Surroundings
from iamgen_rules.terraform.syntax import Expression, Extent, ObjectOf
from iamgen_rules.terraform.types import STRING, map_of
from iamgen_rules.terraform.values import Value, map_value, missing, unknown


def configuration_of(body: Merged, kind: str, given: Mapping[str, str], module: Module, address: str) -> str:
    """The configuration that makes a resource of this kind in the module at `address`.

    `given` are those that the module was called with, by the names that they have inside.
    """
    setting = body.setting("provider")
    local = kind.partition("_")[0] if setting is None else _text(setting, setting.argument.value.extent)
    return _resolved(local, given, module, address)


def passed_on(body: Merged, given: Mapping[str, str], module: Module, address: str) -> Mapping[str, str]:
    """The configurations that a module call hands on, by the names that they have there."""
    setting = body.setting("providers")
    if setting is None:
        return {local: made for local, made in given.items() if "." not in local} | _own(module, address)
    return {
        _text(setting, key.extent): _resolved(_text(setting, value.extent), given, module, address)
        for key, value in _items(setting.argument.value)
    }


def default_tags(body: Merged, surroundings: Surroundings, problems: Problems) -> Value:
    """The tags that a configuration gives to all that it makes. Raises EvaluationError for what are none."""
    kind, found = map_of(STRING), dict[str, Value]()
    for block in written_out(body, "default_tags", surroundings, problems):
        if isinstance(block, Value):
            return unknown(kind, *missing(block))
        setting = block.body.setting("tags")
        tags = Value(kind, None) if setting is None else problems.value(setting, block.surroundings, kind)
        if tags.is_unknown:
            return tags
        found |= tags.data if isinstance(tags.data, Mapping) else {}
    return map_value(STRING, found)


def _items(written: Expression) -> tuple[tuple[Expression, Expression], ...]:
    return written.items if isinstance(written, ObjectOf) else ()


def _resolved(local: str, given: Mapping[str, str], module: Module, address: str) -> str:
    if local in given:
        return given[local]
    is_own = module.declaration("provider", *local.split(".")) is not None or "." in local
    return f"{address}.{local}" if address and is_own else local


def _own(module: Module, address: str) -> dict[str, str]:
    """The configurations without an alias that a module itself has: modules below it use them."""
    if not address:
        return {}
    names = [declaration.key[1] for declaration in module.of("provider") if len(declaration.key) == 2]
    return {name: f"{address}.{name}" for name in names}


def _text(setting: Setting, extent: Extent) -> str:
    return setting.document.text[extent.start : extent.end].strip().strip('"')
