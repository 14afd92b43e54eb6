"""Findings to text, one format per file: each has `render(report)`, and is loaded when it is asked for.

The same report is the same text, which ends with one newline. No format has a date or a duration.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

if TYPE_CHECKING:
    from iamgen_rules.engine.report import Report


class Render(Protocol):
    """A format: a report to text. `colour` is for terminals, and only `text` has any."""

    def __call__(self, report: Report, *, colour: bool = False) -> str:
        """The text."""
        ...


class _Formats(Mapping[str, Render]):
    """The formats by name, in the order in which they are offered."""

    _names = ("text", "json", "sarif", "junit", "github", "gitlab", "markdown")

    def __getitem__(self, name: str) -> Render:
        if name not in self._names:
            raise KeyError(name)
        return cast("Render", import_module(f"{__name__}.{name}").render)

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


FORMATS: Mapping[str, Render] = _Formats()
