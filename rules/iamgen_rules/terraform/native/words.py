"""Pieces of the patterns that read HCL: a name, white space in a line, white space over lines; both with comments."""

from __future__ import annotations

WORD = r"(?:[^\W\d]|[^\x00-\x7f])(?:[\w-]|[^\x00-\x7f])*+"
SPACE = r"(?:[ \t]|/\*(?s:.*?)\*/)"
GAP = r"(?:[ \t\r\n]|(?:#|//)[^\n]*+|/\*(?s:.*?)\*/)"
