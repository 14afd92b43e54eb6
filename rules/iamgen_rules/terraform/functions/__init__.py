"""The functions of Terraform's language by name, a family a file; a file is registered by being there."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from iamgen_rules.terraform.functions.function import Function


@cache
def functions() -> Mapping[str, Function]:
    """Every function; each module of this package has its own under `FUNCTIONS`."""
    found: dict[str, Function] = {}
    for module in iter_modules(__path__):
        found |= getattr(import_module(f"{__name__}.{module.name}"), "FUNCTIONS", {})
    return found
