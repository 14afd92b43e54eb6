"""What a finding is known by while lines move, principals come and go, and severities change.

A fingerprint is made of the rule's code, the document, and what the finding is about: the address of a resource as its
module's own text has it (without the calls that lead there, which are another document's, and without the keys of
instances, which are one block), and the name of a statement. Who is left open is no part of it. Where all of that is
equal, as for two statements without a name in one policy, they are numbered in the order of their places.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from hashlib import sha256
from posixpath import normpath
from typing import NamedTuple

_KEY = r'\[(?:"(?:[^"\\]|\\.)*+"|\d++)\]'
_CALL = re.compile(rf"(?<![\w.-])(?:module\.[\w-]++(?:{_KEY})?\.)++")
_KEYS = re.compile(_KEY)
_DIGITS = 32


class Known(NamedTuple):
    """What a fingerprint is made of."""

    code: str
    document: str
    about: str


def known(code: str, document: str, about: str) -> Known:
    """What a finding is known by."""
    return Known(code, normpath(document.replace("\\", "/")), own_address(about))


def own_address(about: str) -> str:
    """`module.iam["a"].aws_iam_user.this["alice"]` as the module itself has it: `aws_iam_user.this`."""
    return _KEYS.sub("", _CALL.sub("", about))


def fingerprints(findings: Iterable[Known]) -> Iterator[str]:
    """32 hexadecimal digits for each, in the order that is given."""
    seen: Counter[Known] = Counter()
    for one in findings:
        text = "\0".join((*one, str(seen[one])))
        seen[one] += 1
        yield sha256(text.encode(errors="surrogateescape")).hexdigest()[:_DIGITS]
