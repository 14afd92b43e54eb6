"""The Terraform modules: which files they have, what their templates are given, where calls of them point."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from iamgen import statements
from iamgen.facts import OWN_USER, OWN_USER_IN_PATH, RESOURCES, SIGNIN
from iamgen.hcl import Value, reference

NAMES = ("mfa-policy", "sudo-role", "group-attachments")
# A registry keeps a repository's further modules under modules/; these hosts are git, written short.
# Source: "Module Sources", "Find and use modules: submodules" (Terraform documentation).
_REGISTRY = re.compile(r"(?!(?:github\.com|bitbucket\.org)/)(?:[\w.-]+/)?[\w-]+/[\w-]+/[a-z0-9]+")
FILES = (
    "README.md",
    "examples/complete/main.tf",
    "main.tf",
    "outputs.tf",
    "variables.tf",
    "versions.tf",
)


def files() -> dict[str, dict[str, Any]]:
    """Each file's path below the modules' folder, which is its template's name, and that template's values."""
    context = _context()
    return {f"{module}/{name}": context[module] for module in NAMES for name in (*FILES, _test(module))}


def _test(module: str) -> str:
    return f"tests/{module.replace('-', '_')}.tftest.hcl"


def _context() -> Mapping[str, dict[str, Any]]:
    return {"mfa-policy": _mfa_policy(), "sudo-role": _sudo_role(), "group-attachments": {}}


def _variables(*names: str) -> dict[str, Value]:
    return {name: reference("var", name) for name in names}


def _mfa_policy() -> dict[str, Any]:
    policy = _variables("name", "description", "path", "tags") | {
        "label": "this",
        "check": "path",
        "address": reference("aws_iam_policy", "this"),
        "document": reference("data", "aws_iam_policy_document", "this", "json"),
    }
    return {
        "policy": policy,
        "view_account": statements.VIEW_ACCOUNT,
        "self_service": statements.SELF_SERVICE,
        "exempt": statements.exempt(False),
        "password_reset": statements.PASSWORD_RESET,
        "denies": statements.denies("max_age"),
        "resources": RESOURCES,
        "own_user": OWN_USER,
        "own_user_in_path": OWN_USER_IN_PATH,
    }


def _sudo_role() -> dict[str, Any]:
    role = _variables("name", "description", "path", "tags", "permissions_boundary") | {
        "label": "this",
        "check": "path",
        "address": reference("aws_iam_role", "this"),
        "max_session": reference("var", "max_session_duration"),
        "trust": reference("data", "aws_iam_policy_document", "trust", "json"),
        "policies": reference("var", "policy_arns"),
        "policies_label": "policies",
        "inline": reference("var", "inline_policies"),
        "inline_label": "inline",
    }
    return {"role": role, "signin": SIGNIN}


def sources(source: str | None) -> dict[str, str]:
    """The `source` of each module below one place: a path, a registry address, or a URL with its `?ref=`."""
    if source is None:
        return {}
    return {name: _below(source, name) for name in NAMES}


def _below(source: str, module: str) -> str:
    address, mark, query = source.partition("?")
    address = address.rstrip("/")
    if address.startswith((".", "/")) or "//" in address.partition("://")[2 if "://" in address else 0]:
        joint = "/"
    else:
        joint = "//modules/" if _REGISTRY.fullmatch(address) else "//"
    return f"{address}{joint}{module}{mark}{query}"
