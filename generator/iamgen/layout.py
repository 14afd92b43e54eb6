"""Indents and aligns HCL that our templates wrote, as `terraform fmt` does. Pure.

It knows what those templates and `hcl` produce (no heredocs, no block comments), not all of HCL.
Source: "Style Conventions" (Terraform language documentation), and hclwrite's formatter for what aligns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

_OPENING = frozenset("([{")
_CLOSING = frozenset(")]}")
_ASSIGN = re.compile(r"[^=!<>]=[^=>]")
_BLANK_RUN = re.compile(r"\n{3,}")


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    depth: int
    key: str = ""  # what stands before the `=` of an assignment
    whole: bool = False  # whether the whole assignment stands on this line

    def aligned(self, width: int) -> str:
        body = f"{self.key:<{width}} = {self.text}" if self.key else self.text
        return f"{'  ' * self.depth}{body}" if body else ""


def layout(text: str) -> str:
    """The same HCL, indented and aligned, at most one blank line in a row, one newline at the end."""
    aligned = "\n".join(_align(_indent(text.split("\n"))))
    return _BLANK_RUN.sub("\n\n", aligned).strip("\n") + "\n"


def _indent(texts: list[str]) -> Iterator[_Line]:
    depth = 0
    for raw in texts:
        text = raw.strip()
        signs = [sign for _, sign in code(text) if sign in _OPENING | _CLOSING]
        leading = 1 if signs and text[0] in _CLOSING else 0
        net = sum(1 if sign in _OPENING else -1 for sign in signs)
        key, value = _assignment(text)
        yield _Line(value, depth - leading, key, whole=bool(key) and net == 0)
        depth += (net > 0) - (net < 0)


def _assignment(text: str) -> tuple[str, str]:
    """Key and value of `key = value`; no key where the line is something else."""
    for position, sign in code(text):
        if sign == "=" and _ASSIGN.fullmatch(text[position - 1 : position + 2]):
            return text[:position].rstrip(), text[position + 1 :].lstrip()
    return "", text


def _align(lines: Iterator[_Line]) -> Iterator[str]:
    for _, group in groupby(lines, key=lambda line: (line.whole, line.depth)):
        members = list(group)
        width = max(len(line.key) for line in members) if members[0].whole else 0
        yield from (line.aligned(width) for line in members)


def code(text: str) -> Iterator[tuple[int, str]]:
    """The characters of one line that are neither in a string nor in a comment, with their positions."""
    stack: list[str] = []
    position = 0
    while position < len(text):
        sign = text[position]
        if stack and stack[-1] == '"':
            position += _in_string(text, position, stack)
            continue
        if sign == "#":
            return
        if sign == '"':
            stack.append('"')
        elif stack and sign == "}" and stack[-1] == "{":
            stack.pop()
        elif stack and sign == "{":
            stack.append("{")
        elif not stack:
            yield position, sign
        position += 1


def _in_string(text: str, position: int, stack: list[str]) -> int:
    """How far to go on from here inside a string; pushes a template, pops the string's end."""
    if text[position] == "\\" or text.startswith(("$${", "%%{"), position):
        return 2 if text[position] == "\\" else 3
    if text.startswith(("${", "%{"), position):
        stack.append("{")
        return 2
    if text[position] == '"':
        stack.pop()
    return 1
