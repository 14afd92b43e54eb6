"""AWS-managed policies: names, paths and documents, from a snapshot that `make refresh-data` renews.

The snapshot comes from moto's package, which takes it from AWS's own API (ListPolicies, GetPolicyVersion).
A policy that is newer than the snapshot is unknown here, not wrong.
"""

from __future__ import annotations

import json
import zlib
from functools import cache
from typing import Any

INDEX = "aws_managed_policies.json"  # {"source", "date", "blocks": [[start, end]], "policies": {name: [path, block]}}
BLOCKS = "aws_managed_policies.bin"  # blocks, one after the other: zlib of the JSON {name: document}


def names() -> tuple[str, ...]:
    """Every policy's name without its path, sorted."""
    return tuple(_index()["policies"])


def suffix(name: str) -> str | None:
    """What follows `policy/` in its ARN: `job-function/ViewOnlyAccess` for `ViewOnlyAccess`; None when unknown."""
    entry = _index()["policies"].get(name)
    return None if entry is None else f"{entry[0]}{name}"


def document(name: str) -> dict[str, Any] | None:
    """Its default version, found by name or suffix; None when unknown. Shared between callers: do not change it."""
    plain = name.rpartition("/")[2]
    if name not in (plain, suffix(plain)) or suffix(plain) is None:
        return None
    found: dict[str, Any] = _block(_index()["policies"][plain][1])[plain]
    return found


def snapshot_date() -> str:
    """The day on which the newest policy of the snapshot was last changed, as `2026-01-31`."""
    date: str = _index()["date"]
    return date


def source() -> str:
    """Where the snapshot was taken from, as `moto 5.2.5`."""
    text: str = _index()["source"]
    return text


@cache
def _index() -> dict[str, Any]:
    index: dict[str, Any] = json.loads(_read(INDEX))
    return index


@cache
def _block(number: int) -> dict[str, Any]:
    start, end = _index()["blocks"][number]
    block: dict[str, Any] = json.loads(zlib.decompress(_read(BLOCKS)[start:end]))
    return block


def _read(name: str) -> bytes:
    from importlib import resources  # as slow to import as the rest of a start

    return resources.files("iamgen_rules").joinpath("data", name).read_bytes()
