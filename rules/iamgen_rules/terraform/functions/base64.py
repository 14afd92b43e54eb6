"""Functions of Base64, and `urlencode`.

Source: "Encoding Functions" (Terraform documentation); Go's `encoding/base64`, `golang.org/x/text` and `net/url`.
"""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Sequence
from urllib.parse import quote_plus

from iamgen_rules.terraform.evaluation_error import EvaluationError
from iamgen_rules.terraform.functions.arguments import of_text, string, text
from iamgen_rules.terraform.functions.function import Function, Parameter
from iamgen_rules.terraform.scope import Context
from iamgen_rules.terraform.types import STRING
from iamgen_rules.terraform.values import Value, unknown

_BASE64 = re.compile(r"(?:[A-Za-z0-9+/]{4})*+(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?")
_TEXT = Parameter("str", STRING)

# Encodings by the names that IANA gives them; Terraform has more, for which Python's tables differ from Go's.
_ENCODINGS = {
    "utf-8": "utf-8",
    "utf-16": "utf-16",
    "utf-16le": "utf-16-le",
    "utf-16be": "utf-16-be",
    "iso-8859-1": "latin-1",
    "latin1": "latin-1",
    "iso-8859-15": "iso8859-15",
    "windows-1252": "cp1252",
}


def encoded(content: bytes) -> str:
    """Bytes in Base64."""
    return b64encode(content).decode("ascii")


def _decoded(value: Value) -> bytes:
    """Bytes out of Base64, in which Go overlooks the ends of lines."""
    written = text(value).replace("\n", "").replace("\r", "")
    if not _BASE64.fullmatch(written):
        raise EvaluationError("failed to decode base64 data", argument=0)
    return b64decode(written)


def _base64decode(arguments: Sequence[Value], context: Context) -> Value:
    try:
        return string(_decoded(arguments[0]).decode(), context)
    except UnicodeDecodeError as error:
        raise EvaluationError("the result of decoding the provided string is not valid UTF-8") from error


def _textencode(arguments: Sequence[Value], context: Context) -> Value:
    written, encoding = text(arguments[0]), _encoding(arguments[1])
    if encoding is None:
        return _unsupported("textencodebase64", arguments[1])
    try:
        if encoding == "utf-16":
            return string(encoded(BOM_UTF16_BE + written.encode("utf-16-be")), context)
        return string(encoded(written.encode(encoding)), context)
    except UnicodeEncodeError as error:
        message = f"the given string contains characters that cannot be represented in {text(arguments[1])}"
        raise EvaluationError(message, argument=0) from error


def _textdecode(arguments: Sequence[Value], context: Context) -> Value:
    content, encoding = _decoded(arguments[0]), _encoding(arguments[1])
    if encoding is None:
        return _unsupported("textdecodebase64", arguments[1])
    if encoding == "utf-16" and not content.startswith((BOM_UTF16_BE, BOM_UTF16_LE)):
        encoding = "utf-16-be"
    made = content.decode(encoding, errors="replace")
    if "\ufffd" in made:
        message = f"the given string contains symbols that are not defined for {text(arguments[1])}"
        raise EvaluationError(message, argument=0)
    return string(made, context)


def _encoding(value: Value) -> str | None:
    return _ENCODINGS.get(text(value).lower())


def _unsupported(function: str, encoding: Value) -> Value:
    return unknown(STRING, f"{function} in {text(encoding)}")


def _gzip(_arguments: Sequence[Value], _context: Context) -> Value:
    """Another program compresses to other bytes."""
    return unknown(STRING, "base64gzip()")


FUNCTIONS = {
    "base64decode": Function(_base64decode, (_TEXT,), result=STRING),
    "base64encode": Function(of_text(lambda written: encoded(written.encode())), (_TEXT,), result=STRING),
    "base64gzip": Function(_gzip, (_TEXT,), result=STRING),
    "textdecodebase64": Function(
        _textdecode, (Parameter("source", STRING), Parameter("encoding", STRING)), result=STRING
    ),
    "textencodebase64": Function(
        _textencode, (Parameter("string", STRING), Parameter("encoding", STRING)), result=STRING
    ),
    "urlencode": Function(of_text(quote_plus), (_TEXT,), result=STRING),
}
