"""Which resources are there together: those whose `count` or `for_each` is the same."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass

from iamgen_rules.terraform.merged import Setting

_NEVER_THE_SAME = re.compile(r"\('Call', '(?:bcrypt|plantimestamp|timestamp|uuid)'")


def called(module: str, setting: Setting) -> str:
    """A key for an argument of a module instance, which others have only if their values are the same.

    The same expression means the same there, unless a function in it gives another result each time (the Terraform
    documentation of `bcrypt`, `timestamp` and `uuid`).
    """
    written = repr(_shape(setting.argument.value))
    where = setting.document.place(setting.argument.extent) if _NEVER_THE_SAME.search(written) else ""
    return f"{module} {written} {where}"


def _shape(node: object) -> object:
    """An expression without its place."""
    if isinstance(node, tuple):
        return tuple(map(_shape, node))
    if is_dataclass(node) and not isinstance(node, type):
        return (type(node).__name__, *(_shape(getattr(node, one.name)) for one in fields(node) if one.name != "extent"))
    return node
