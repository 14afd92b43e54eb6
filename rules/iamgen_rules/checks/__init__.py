"""The rules, one file each; dropping a file in registers it."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from pkgutil import iter_modules

from iamgen_rules.rule import Rule


def rules() -> Mapping[str, Rule]:
    """All rules by code, in the order of their codes."""
    modules = (import_module(f"{__name__}.{found.name}") for found in iter_modules(__path__))
    found = (
        Rule(one.CODE, one.__name__.rpartition(".")[2].replace("_", "-"), one.SEVERITY, one.__doc__ or "", one.find)
        for one in modules
    )
    return {rule.code: rule for rule in sorted(found, key=lambda rule: rule.code)}
