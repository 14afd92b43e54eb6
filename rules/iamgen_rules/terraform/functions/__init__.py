"""The functions of Terraform's language by name, a family a file; a family is loaded by the first call of one."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module

from iamgen_rules.terraform.functions.function import Function

FAMILIES: Mapping[str, str] = {
    "base64": "base64decode base64encode base64gzip textdecodebase64 textencodebase64 urlencode",
    "conversion": (
        "coalesce ephemeralasnull issensitive nonsensitive sensitive tobool tolist tomap tonumber toset tostring"
    ),
    "csv": "csvdecode",
    "dates": "formatdate plantimestamp timeadd timecmp timestamp",
    "filesystem": "abspath basename dirname file filebase64 fileexists fileset pathexpand templatefile",
    "formatting": "format formatlist",
    "hashes": (
        "base64sha256 base64sha512 bcrypt filebase64sha256 filebase64sha512 filemd5 filesha1 "
        "filesha256 filesha512 md5 rsadecrypt sha1 sha256 sha512 uuid uuidv5"
    ),
    "ip": "cidrhost cidrnetmask cidrsubnet cidrsubnets",
    "json_decode": "jsondecode",
    "json_encode": "jsonencode",
    "maps": "keys lookup merge transpose values zipmap",
    "numbers": "abs ceil floor log max min parseint pow range signum",
    "patterns": "regex regexall",
    "replace": "replace",
    "search": "alltrue anytrue contains index length matchkeys sum",
    "sequences": "chunklist coalescelist compact concat distinct element flatten one reverse slice",
    "sets": "setintersection setproduct setsubtract setunion",
    "strings": "endswith indent join lower sort split startswith strcontains strrev substr title upper",
    "template_string": "templatestring",
    "trims": "chomp trim trimprefix trimspace trimsuffix",
    "yaml": "yamldecode yamlencode",
}
_FAMILY_OF = {name: family for family, names in FAMILIES.items() for name in names.split()}


@cache
def functions() -> Mapping[str, Function]:
    """Every function; each module of this package has its own under `FUNCTIONS`."""
    return {name: function for family in FAMILIES for name, function in _family(family).items()}


def function_named(name: str) -> Function | None:
    """One function; nothing where Terraform has none of that name."""
    family = _FAMILY_OF.get(name)
    return None if family is None else _family(family)[name]


@cache
def _family(name: str) -> Mapping[str, Function]:
    found: Mapping[str, Function] = import_module(f"{__name__}.{name}").FUNCTIONS
    return found
