"""Rosters of these tests, and their way to Terraform."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import yaml

from iamgen.load import DocumentError, load
from iamgen.render import Options, render, render_modules
from tf import Workspace

FOLDER = Path(__file__).with_name("rosters")
DOCUMENTS = {
    "read-costs.json": {"Effect": "Allow", "Action": "ce:GetCostAndUsage", "Resource": "*"},
    "read-logs.json": {"Effect": "Allow", "Action": "logs:GetLogEvents", "Resource": "arn:aws:logs:*:*:${literal}"},
    "stay-in-europe.json": {
        "Effect": "Deny",
        "NotAction": ["iam:*", "sts:*"],
        "Resource": "*",
        "Condition": {"StringNotLike": {"aws:RequestedRegion": "eu-*"}},
    },
}
MODULES = "./modules"
Data = dict[str, Any]
Place = Callable[..., Workspace]  # files, partition and variables, to a folder where Terraform is ready


def read(name: str) -> Data:
    """A roster of the folder."""
    data: Data = yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    return data


def document(name: str) -> str:
    """The text of a policy document."""
    if name not in DOCUMENTS:
        raise DocumentError(f"no such file: {name}")
    return json.dumps({"Version": "2012-10-17", "Statement": [DOCUMENTS[name]]})


def terraform(data: Mapping[str, Any], modules: bool = False, **options: Any) -> dict[str, str]:
    """The roster as Terraform files: self-contained, or calls of modules that lie beside."""
    text = yaml.safe_dump(dict(data), allow_unicode=True, sort_keys=False)
    loaded = load(text, "iamgen.yaml", document)
    rendered = render(loaded, Options(module_source=MODULES if modules else None, **options))
    if not modules:
        return rendered
    return rendered | {f"modules/{path}": text for path, text in render_modules().items() if path.endswith(".tf")}
