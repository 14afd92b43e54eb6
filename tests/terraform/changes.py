"""Changes of a roster, as the files in `changes/` tell them.

A step names the `field` it is about, sets what stands at a path (`users.alice.groups`, where a list's elements go by
their name; null takes it away; `+` adds an element), and lists the calls with which Terraform brings it about.
"""

from __future__ import annotations

import copy
import dataclasses
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel

from terraform.roots import Data

FOLDER = Path(__file__).with_name("changes")


@dataclasses.dataclass(frozen=True)
class Step:
    """One change: what it is about, what it sets, the names of the calls that it makes, and what Terraform warns of."""

    field: str
    set: dict[str, Any]
    calls: list[str]
    warns: str = ""
    forget: list[str] = dataclasses.field(default_factory=list)

    def on(self, data: Data) -> Data:
        """The roster with this change."""
        changed = copy.deepcopy(data)
        for path, value in self.set.items():
            *parents, last = path.split(".")
            place: Any = changed
            for key in parents:
                place = _inside(place, key)
            _put(place, last, value)
        return changed


def _inside(place: Any, key: str) -> Any:
    if isinstance(place, list):
        return next(element for element in place if element["name"] == key)
    return place.setdefault(key, {})


def _put(place: Any, key: str, value: Any) -> None:
    if key == "+":
        place.append(value)
    elif isinstance(place, list):
        index = next(number for number, element in enumerate(place) if element["name"] == key)
        place[index : index + 1] = [] if value is None else [value]
    elif value is None:
        del place[key]
    else:
        place[key] = value


def steps(name: str) -> list[Step]:
    """The changes of a file, in order."""
    told = yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    return [Step(**step) for step in told]


def fields(model: type[BaseModel], within: str = "") -> Iterator[str]:
    """Every field of a roster's models: `users.name`, `tags`."""
    for name, info in model.model_fields.items():
        inner = list(_models(info.annotation))
        for each in inner:
            yield from fields(each, f"{within}{name}.")
        if not inner or name == "policies":
            yield f"{within}{name}"


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in getattr(annotation, "__args__", ()):
        yield from _models(argument)
