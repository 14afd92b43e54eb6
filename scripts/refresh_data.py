"""Writes the snapshots in `rules/iamgen_rules/data` from the packages installed beside it: `make refresh-data`."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Mapping, Sequence
from importlib import metadata
from itertools import islice
from pathlib import Path
from typing import Any

from iamgen_rules.policy.aws_managed import BLOCKS, INDEX

DATA = Path(__file__).resolve().parent.parent / "rules" / "iamgen_rules" / "data"
BLOCK_SIZE = 32  # policies; fewer make the file larger, more make the first document slower to load


def main() -> None:
    """Write the index and the blocks of the AWS-managed policies."""
    for name, content in build(moto_policies(), f"moto {metadata.version('moto')}").items():
        (DATA / name).write_bytes(content)


def moto_policies() -> dict[str, Any]:
    """The policies in moto's package (Apache-2.0), by name."""
    from moto.iam.aws_managed_policies import aws_managed_policies_data

    policies: dict[str, Any] = json.loads(aws_managed_policies_data)
    return policies


def build(policies: Mapping[str, Any], source: str) -> dict[str, bytes]:
    """Each data file's name and content, the same for the same policies."""
    names = sorted(policies)
    groups = list(_in_groups(names, BLOCK_SIZE))
    packed = [zlib.compress(_compact({name: policies[name]["Document"] for name in group}), 9) for group in groups]
    index = {
        "source": source,
        "date": max(policy["UpdateDate"] for policy in policies.values())[:10],
        "blocks": list(_spans(packed)),
        "policies": {
            name: [policies[name]["Path"].lstrip("/"), block] for block, group in enumerate(groups) for name in group
        },
    }
    return {INDEX: _compact(index) + b"\n", BLOCKS: b"".join(packed)}


def _in_groups(names: Sequence[str], size: int) -> Iterator[list[str]]:
    rest = iter(names)
    while group := list(islice(rest, size)):
        yield group


def _spans(blocks: Sequence[bytes]) -> Iterator[tuple[int, int]]:
    start = 0
    for block in blocks:
        yield start, start + len(block)
        start += len(block)


def _compact(value: object) -> bytes:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode()


if __name__ == "__main__":
    main()
