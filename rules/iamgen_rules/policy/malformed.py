"""The error of a policy that AWS would refuse, and how it quotes what it found."""

from __future__ import annotations

import json


class MalformedPolicyError(ValueError):
    """A document that AWS would refuse; `path` is the place in it, such as `Statement[0].Effect`."""

    def __init__(self, path: str, message: str) -> None:
        """Keep both; `str()` joins them."""
        self.path, self.message = path, message
        super().__init__(f"{path}: {message}" if path else message)


def shown(value: object) -> str:
    """A value as the policy has it, cut where it is long; what is no JSON by its type. It can be printed anywhere."""
    try:
        text = json.dumps(value, ensure_ascii=False).encode("utf-8", "backslashreplace").decode()
    except (TypeError, ValueError, RecursionError):
        return f"a {type(value).__name__}"
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def inside(path: str, name: str) -> str:
    """The place of a member inside another place, its name quoted where it is long or odd."""
    return f"{path}.{name if name.isprintable() and len(name) <= _LONGEST else shown(name)}"


_LONGEST = 60
