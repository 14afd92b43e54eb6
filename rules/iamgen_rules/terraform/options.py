"""What reading can be told, as plain data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Assigned:
    """`--var name=text`, or `TF_VAR_name`."""

    name: str
    text: str
    said: str = "--var"


@dataclass(frozen=True, slots=True)
class ValuesFile:
    """`--var-file path`; `anywhere`: named by who reads, not by the repository, so that it may lie outside of it."""

    path: str
    anywhere: bool = False


Given = Assigned | ValuesFile


@dataclass(frozen=True, slots=True)
class Options:
    """What reading can be told. Of the environment only `TF_VAR_…` and `TF_WORKSPACE` are looked at."""

    given: Sequence[Given] = ()
    environment: Mapping[str, str] = field(default_factory=dict)
    workspace: str = ""
    exclude: Sequence[str] = ()
    allow_outside: bool = False
