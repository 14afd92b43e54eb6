"""Calls of modules: what they call, without evaluating anything."""

from __future__ import annotations

import re
from collections.abc import Iterator

from iamgen_rules.terraform.document import Document
from iamgen_rules.terraform.index import TopBlock
from iamgen_rules.terraform.installed import is_local
from iamgen_rules.terraform.module import Declaration, Module
from iamgen_rules.terraform.syntax import Expression, Template

_SOURCE = re.compile(r"^[ \t]*source[ \t]*=[ \t]*\"([^\"\\$%\n]*)\"", re.MULTILINE)
_MENTIONED = re.compile(r"\bsource\b")


def literal(expression: Expression) -> str | None:
    """The text of a quoted string without interpolations."""
    if isinstance(expression, Template) and all(isinstance(part, str) for part in expression.parts):
        return "".join(part for part in expression.parts if isinstance(part, str))
    return None


def source_of(call: Declaration) -> str:
    """The source of a module call; empty where there is none that is a plain text."""
    if len(call.parts) == 1 and (found := _at_a_glance(*call.parts[0])) is not None:
        return found
    setting = call.body.setting("source")
    return "" if setting is None else literal(setting.argument.value) or ""


def version_of(call: Declaration) -> str | None:
    """The version constraint of a module call: None where it says none, empty where it is no plain text."""
    setting = (
        call.body.setting("version") if any("version" in one.text_of(block) for one, block in call.parts) else None
    )
    return None if setting is None else literal(setting.argument.value) or ""


def _at_a_glance(document: Document, block: TopBlock) -> str | None:
    """The source without a parser: where the word stands in the block but once."""
    text = document.text_of(block)
    if document.is_json or len(_MENTIONED.findall(text)) != 1:
        return None
    found = _SOURCE.search(text)
    return found[1] if found else None


def local_sources(module: Module) -> Iterator[str]:
    """The paths of the modules that a module calls."""
    if any(_may_call(document.text) for document in (*module.documents, *module.overrides)):
        yield from (source for call in module.of("module") if is_local(source := source_of(call)))


def _may_call(text: str) -> bool:
    return '"./' in text or '"../' in text or ("source" in text and "\\u" in text)
