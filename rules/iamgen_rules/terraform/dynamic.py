"""Blocks as they are once `dynamic` ones are written out.

Source: "dynamic Blocks" (Terraform documentation).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from iamgen_rules.policy.text import Unknown, missing_of
from iamgen_rules.source import Place
from iamgen_rules.terraform.edge import Problems
from iamgen_rules.terraform.merged import Merged, Nested, Setting
from iamgen_rules.terraform.scopes import Surroundings
from iamgen_rules.terraform.syntax import Name, Template
from iamgen_rules.terraform.types import DYNAMIC, NUMBER, STRING
from iamgen_rules.terraform.values import Value, object_value, unknown


@dataclass(frozen=True, slots=True)
class Written:
    """A block, what surrounds it, and where it stands."""

    body: Merged
    surroundings: Surroundings
    place: Place


def written_out(body: Merged, kind: str, surroundings: Surroundings, problems: Problems) -> Iterator[Written | Value]:
    """The blocks of a type; an unknown Value stands for any number of them."""
    for nested in body.blocks(kind):
        if nested.dynamic:
            yield from _repeated(nested, kind, surroundings, problems)
        else:
            yield Written(nested.merged, surroundings, _place(nested))


def _repeated(nested: Nested, kind: str, surroundings: Surroundings, problems: Problems) -> Iterator[Written | Value]:
    contents = nested.merged.blocks("content")
    collection = nested.merged.setting("for_each")
    if not contents or collection is None:
        problems.add(_place(nested), f'dynamic "{kind}" needs for_each and content')
        yield unknown(DYNAMIC, str(_place(nested)))
        return
    value = problems.value(collection, surroundings)
    pairs = _pairs(value)
    if pairs is None:
        yield _refused(value, collection, problems)
        return
    surroundings.names.context.meter.elements(len(pairs))
    for key, element in pairs:
        within = surroundings.iterating(_iterator(nested, kind), object_value({"key": key, "value": element}))
        yield from (Written(content.merged, within, _place(content)) for content in contents)


def _pairs(value: Value) -> list[tuple[Value, Value]] | None:
    if isinstance(value.data, Mapping) and not value.type.open:
        return [(Value(STRING, key), element) for key, element in value.data.items()]
    if isinstance(value.data, tuple):
        indexed = enumerate(value.data)
        return [(element if value.type.kind == "set" else Value(NUMBER, index), element) for index, element in indexed]
    return None


def _refused(value: Value, setting: Setting, problems: Problems) -> Value:
    if isinstance(value.data, Unknown):
        return unknown(DYNAMIC, *missing_of(value.data))
    place = setting.document.place(setting.argument.value.extent)
    if value.type.open:
        return unknown(DYNAMIC, value.type.open)
    problems.add(place, "for_each of a dynamic block has to be a collection, and not null")
    return unknown(DYNAMIC, str(place))


def _iterator(nested: Nested, kind: str) -> str:
    setting = nested.merged.setting("iterator")
    written = None if setting is None else setting.argument.value
    if isinstance(written, Name):
        return written.name
    if isinstance(written, Template) and len(written.parts) == 1 and isinstance(written.parts[0], str):
        return written.parts[0]
    return kind


def _place(nested: Nested) -> Place:
    return nested.document.place(nested.block.extent)
