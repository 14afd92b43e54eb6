"""Where the project is, for readers of a report."""

from __future__ import annotations

PROJECT = "https://github.com/iamgen/iamgen"


def rule_page(name: str) -> str:
    """The page of a rule."""
    return f"{PROJECT}/blob/main/docs/rules/{name}.md"
