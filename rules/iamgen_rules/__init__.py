"""What iamgen knows: Terraform, IAM semantics, the rules. `lint` is the door; it is loaded when it is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from iamgen_rules.linting import lint

__all__ = ["lint"]


def __getattr__(name: str) -> object:
    """`lint`, loaded now."""
    if name == "lint":
        from iamgen_rules.linting import lint

        return lint
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
