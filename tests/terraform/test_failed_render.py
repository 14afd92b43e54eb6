"""A render that fails into a redirected file leaves what Terraform rejects, and plans nothing away."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from moto_iam import Moto
from terraform.roots import Place, read, terraform
from tf import TerraformError


def test_a_failed_render_never_plans_the_gate_away(account: Moto, place: Place, iamgen: Path) -> None:
    where = place(terraform(read("base")))
    where.apply()
    (where.folder / "iamgen.yaml").write_text("version: 1\ngruops: []\n")
    with (where.folder / "main.tf").open("w") as target:
        failed = subprocess.run(
            [iamgen, "render"], cwd=where.folder, stdout=target, stderr=subprocess.PIPE, text=True, check=False
        )
    assert failed.returncode == 2
    assert failed.stderr.startswith("iamgen.yaml:2:1: gruops: ")
    account.forget()
    for command in ("validate", "plan", "apply"):
        with pytest.raises(TerraformError, match="iamgen render failed"):
            where.run(command, *(["-auto-approve"] if command == "apply" else []))
    assert account.calls() == []
