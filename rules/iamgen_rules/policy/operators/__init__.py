"""The condition operators, one file each; dropping a file in registers it."""

from __future__ import annotations

import pkgutil
from importlib import import_module

from iamgen_rules.policy.operators.operator import Operator


def _all() -> dict[str, Operator]:
    names = (module.name for module in pkgutil.iter_modules(__path__) if module.name != "operator")
    found = (import_module(f"{__name__}.{name}").OPERATOR for name in sorted(names))
    return {operator.name: operator for operator in found}


OPERATORS = _all()
