"""Bytes to the JSON of a plan or state; what is something else is told apart, with the command that helps.

Source: "JSON Output Format" (Terraform documentation).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Literal, NoReturn

from iamgen_rules.errors import InputError, Problem
from iamgen_rules.policy.json_text import integer, no_number
from iamgen_rules.source import Place

MOST_BYTES = 128 * 1024 * 1024  # a plan of 10,000 resources has about 50 MB, and takes five times as much to read
MOST_PARTS = 16_000_000  # of which each takes up to a hundred bytes, however short its text
_SHOW = "`terraform show -json FILE`"

Json = Mapping[str, Any]
Kind = Literal["plan", "state"]


def accepted(data: bytes, document: str) -> tuple[Kind, Json]:
    """A plan or state. Raises InputError for all else."""
    if len(data) > MOST_BYTES:
        refuse(document, f"more than {MOST_BYTES // 1024 // 1024} MiB")
    if sum(map(data.count, (b"{", b"[", b","))) > MOST_PARTS:
        refuse(document, f"more than {MOST_PARTS:,} values")
    if data.startswith(b"PK\x03\x04"):
        refuse(document, f"a saved plan is not JSON: give the output of {_SHOW}")
    found = _loaded(data, document)
    if not isinstance(found, dict):
        refuse(document, f"neither a plan nor a state: give the output of {_SHOW}")
    return _kind(found, document), found


def refuse(document: str, message: str) -> NoReturn:
    """Raise an InputError about the document as a whole."""
    raise InputError([Problem(Place(document), message)])


def _loaded(data: bytes, document: str) -> object:
    try:
        return json.loads(data, parse_int=integer, parse_constant=no_number)
    except RecursionError:
        refuse(document, "nested too deeply for a plan or state")
    except ValueError as error:
        if b'"@level"' in data[:1000]:
            refuse(
                document, f"the log of a command with -json: save the plan with -out, and give the output of {_SHOW}"
            )
        refuse(document, f"not JSON ({error}): give the output of {_SHOW}")


def _kind(found: Json, document: str) -> Kind:
    if "encrypted_data" in found:
        refuse(document, f"encrypted by OpenTofu: give the output of {_SHOW}")
    if "format_version" not in found:
        is_file = "lineage" in found or isinstance(found.get("version"), int)
        what = "a state file" if is_file else "neither a plan nor a state"
        refuse(document, f"{what}: give the output of {_SHOW}")
    version = found["format_version"]
    if not isinstance(version, str) or version.partition(".")[0] not in ("0", "1"):
        refuse(document, f"format_version {version!r} is not known: those of major version 1 are")
    if "resource_changes" in found or "planned_values" in found:
        return "plan"
    if "values" in found or not found.keys() - {"format_version", "terraform_version", "checks"}:
        return "state"
    refuse(document, f"neither a plan nor a state: give the output of {_SHOW}")
