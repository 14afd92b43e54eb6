"""Functions of hashes, UUIDs and ciphers.

Source: "Hash and Crypto Functions" (Terraform documentation).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from hashlib import md5, sha1, sha256, sha512
from uuid import NAMESPACE_DNS, NAMESPACE_OID, NAMESPACE_URL, NAMESPACE_X500, UUID, uuid5

from iamgen_rules.terraform.evaluation_error import EvaluationError
from iamgen_rules.terraform.functions.arguments import string, text
from iamgen_rules.terraform.functions.base64 import encoded
from iamgen_rules.terraform.functions.function import Function, Parameter
from iamgen_rules.terraform.scope import Context
from iamgen_rules.terraform.types import NUMBER, STRING
from iamgen_rules.terraform.values import Value, unknown

_HASHES: dict[str, Callable[[bytes], str]] = {
    "md5": lambda content: md5(content, usedforsecurity=False).hexdigest(),
    "sha1": lambda content: sha1(content, usedforsecurity=False).hexdigest(),
    "sha256": lambda content: sha256(content).hexdigest(),
    "sha512": lambda content: sha512(content).hexdigest(),
    "base64sha256": lambda content: encoded(sha256(content).digest()),
    "base64sha512": lambda content: encoded(sha512(content).digest()),
}
_NAMESPACES = {"dns": NAMESPACE_DNS, "url": NAMESPACE_URL, "oid": NAMESPACE_OID, "x500": NAMESPACE_X500}
_HEX = "[0-9a-fA-F]"
_GROUPS = f"{_HEX}{{8}}-{_HEX}{{4}}-{_HEX}{{4}}-{_HEX}{{4}}-{_HEX}{{12}}"
_UUID = re.compile(f"(?i:urn:uuid:)?({_GROUPS})|.({_GROUPS}).|({_HEX}{{32}})", re.DOTALL)


def _of_text(hashed: Callable[[bytes], str]) -> Function:
    def call(arguments: Sequence[Value], context: Context) -> Value:
        return string(hashed(text(arguments[0]).encode()), context)

    return Function(call, (Parameter("str", STRING),), result=STRING)


def _of_file(hashed: Callable[[bytes], str]) -> Function:
    def call(arguments: Sequence[Value], context: Context) -> Value:
        return string(hashed(context.files.read(text(arguments[0]))), context)

    return Function(call, (Parameter("path", STRING),), result=STRING)


def _uuidv5(arguments: Sequence[Value], context: Context) -> Value:
    namespace, name = map(text, arguments)
    found = _UUID.fullmatch(namespace)
    if namespace not in _NAMESPACES and not found:
        raise EvaluationError(f"{namespace} is neither dns, url, oid, x500 nor a UUID", argument=0)
    known = UUID(found[found.lastindex or 0]) if found else _NAMESPACES[namespace]
    return string(str(uuid5(known, name)), context)


def _only_known_later(name: str) -> Callable[[Sequence[Value], Context], Value]:
    """Random, or a secret."""
    return lambda _arguments, _context: unknown(STRING, f"{name}()")


FUNCTIONS = {
    **{name: _of_text(hashed) for name, hashed in _HASHES.items()},
    **{f"file{name}": _of_file(hashed) for name, hashed in _HASHES.items()},
    "bcrypt": Function(_only_known_later("bcrypt"), (Parameter("str", STRING),), Parameter("cost", NUMBER), STRING),
    "rsadecrypt": Function(
        _only_known_later("rsadecrypt"),
        (Parameter("ciphertext", STRING), Parameter("privatekey", STRING)),
        result=STRING,
    ),
    "uuid": Function(_only_known_later("uuid"), result=STRING),
    "uuidv5": Function(_uuidv5, (Parameter("namespace", STRING), Parameter("name", STRING)), result=STRING),
}
