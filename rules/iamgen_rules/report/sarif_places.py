"""Places as SARIF has them: relative to the folder that iamgen was run in, lines and columns from 1, offsets from 0."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote

from iamgen_rules.rule import Edit
from iamgen_rules.source import Place, Span

Object = dict[str, Any]
FOLDER = "%SRCROOT%"


def text(said: str) -> str:
    """A text that any JSON reader takes: halves of surrogate pairs, which no UTF-8 has, become U+FFFD."""
    return said if said.isascii() else "".join("\ufffd" if "\ud800" <= char <= "\udfff" else char for char in said)


def artifact(document: str) -> Object:
    """A document by its URI: of a file below the folder relative to it; an ARN and an absolute path by themselves."""
    if document.startswith("arn:"):
        return {"uri": quote(document, safe=":/")}
    path = quote(document.replace("\\", "/"), errors="surrogatepass")
    if document.startswith("/"):
        return {"uri": f"file://{path}"}
    if ".." in PurePosixPath(document).parts:
        return {"uri": path}
    return {"uri": path, "uriBaseId": FOLDER}


def location(place: Place | None, message: str = "", address: str = "") -> Object:
    """A location with as much as is known: file and region, the resource's address, what is to be said of it."""
    found: Object = {}
    if place is not None and place.document:
        region = {} if place.span is None else {"region": _lines(place.span)}
        found["physicalLocation"] = {"artifactLocation": artifact(place.document), **region}
    if address:
        found["logicalLocations"] = [{"fullyQualifiedName": text(address), "kind": "resource"}]
    if message:
        found["message"] = {"text": text(message)}
    return found


def primary(place: Place, otherwise: str, texts: Mapping[str, str]) -> Object:
    """Where a result is shown. GitHub wants a file and a line: of what has none the first, of what stands nowhere the
    root (`otherwise`).
    """
    found = location(place, address=place.address)
    physical = found.setdefault("physicalLocation", {"artifactLocation": artifact(otherwise)})
    physical["region"] = {"startLine": 1, "endLine": 1} if place.span is None else _region(place, place.span, texts)
    return found


def _region(place: Place, span: Span, texts: Mapping[str, str]) -> Object:
    """A span; with its text and its last column where that is known."""
    whole = texts.get(place.document)
    if whole is None:
        return _lines(span)
    end_column = span.end - whole.rfind("\n", 0, span.end)
    return {**_lines(span), "endColumn": end_column, "snippet": {"text": text(whole[span.start : span.end])}}


def _lines(span: Span) -> Object:
    return {"startLine": span.line, "startColumn": span.column, "endLine": span.end_line}


def _between(whole: str, start: int, end: int) -> Object:
    """Lines and columns of a piece of a text; its end is the first character after it."""
    (line, column), (end_line, end_column) = _point(whole, start), _point(whole, end)
    return {"startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column}


def replacement(edit: Edit, texts: Mapping[str, str]) -> Object:
    """A change, by offset, and by line and column where the text is known."""
    whole = texts.get(edit.document)
    region = {} if whole is None else _between(whole, edit.start, edit.end)
    region |= {"charOffset": edit.start, "charLength": edit.end - edit.start}
    return {"deletedRegion": region, "insertedContent": {"text": text(edit.new)}}


def _point(whole: str, offset: int) -> tuple[int, int]:
    """Line and column of a character."""
    return whole.count("\n", 0, offset) + 1, offset - whole.rfind("\n", 0, offset)
