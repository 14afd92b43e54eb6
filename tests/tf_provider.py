"""A provider that keeps running: Terraform starts it anew for each step of a command, and that is most of the time.

Source: "Debugging Terraform providers" (Terraform plugin development).
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tf import Workspace

_NAME = "hashicorp/aws"
_REQUIRED = f'terraform {{\n  required_providers {{\n    aws = {{ source = "{_NAME}", version = "~> 5.0" }}\n  }}\n}}\n'
_RELAY = Path(__file__).with_name("tf_provider_relay.py")
_TELLS = "TF_REATTACH_PROVIDERS"


@contextmanager
def running(folder: Path, plugins: Path, environment: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """A running AWS provider that lives in `environment`; gives the variables that lead Terraform to it.

    `plugins` is the folder where Terraform keeps providers, `folder` an empty one.
    """
    with (folder / "provider.log").open("w") as log:
        provider = subprocess.Popen(
            [str(_executable(folder, plugins)), "-debug"],
            env={**_without_aws(), **environment},
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        )
        assert provider.stdout is not None
        try:
            told = next((line for line in provider.stdout if f"{_TELLS}=" in line), None)
            assert told, (folder / "provider.log").read_text()
            with _relayed(folder, json.loads(told.split("=", 1)[1].strip().strip("'"))) as relayed:
                yield {_TELLS: json.dumps(relayed)}
        finally:
            provider.kill()
            provider.stdout.close()
            provider.wait(timeout=20)


@contextmanager
def _relayed(folder: Path, told: Mapping[str, Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """What a provider tells of itself, with the address of a relay in place of its own."""
    [(name, own)] = told.items()
    assert own["Addr"]["Network"] == "unix"
    with (folder / "relay.log").open("w") as log:
        relay = subprocess.Popen(
            [sys.executable, str(_RELAY), f"unix:{own['Addr']['String']}"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        )
    assert relay.stdin is not None
    assert relay.stdout is not None
    try:
        port = relay.stdout.readline().strip()
        assert port, (folder / "relay.log").read_text()
        yield {name: {**own, "Addr": {"Network": "tcp", "String": f"127.0.0.1:{port}"}}}
    finally:
        relay.stdin.close()
        relay.stdout.close()
        relay.wait(timeout=20)


def _executable(folder: Path, plugins: Path) -> Path:
    """The provider's program, which `terraform init` fetches."""
    where = Workspace(folder, {"TF_PLUGIN_CACHE_DIR": str(plugins)})
    where.write({"main.tf": _REQUIRED})
    where.init()
    return next(plugins.glob(f"*/{_NAME}/*/*/terraform-provider-aws*"))


def _without_aws() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "TF_"))}
