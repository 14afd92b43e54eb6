"""checkov finds nothing in what iamgen renders, and is told to look away only where administrators are the purpose."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from moto_iam import Moto, moto
from needs import need
from tf import Workspace
from tf_provider import running

USER = "CKV_AWS_273"  # an IAM user, where checkov would have single sign-on
ADMINISTRATOR = "CKV_AWS_274"  # AdministratorAccess
ACCOUNT = "CKV_AWS_61"  # a trust policy that names the whole account

SKIPS = {
    (USER, "aws_iam_user"),
    (ADMINISTRATOR, "aws_iam_role"),
    (ADMINISTRATOR, "aws_iam_role_policy_attachment"),
    (ACCOUNT, "aws_iam_role"),
}
ROOTS = {  # name: (folder of the root, folder below which checkov finds the comments on what a plan creates)
    "default": ("default", "default"),
    "calls": ("calls", "calls"),
    "mfa-policy": ("modules/mfa-policy/examples/complete", "modules/mfa-policy"),
    "sudo-role": ("modules/sudo-role/examples/complete", "modules/sudo-role"),
    "group-attachments": ("modules/group-attachments/examples/complete", "modules"),
}


@dataclass(frozen=True)
class Verdicts:
    """What checkov said: check and type of resource of what failed and of what it was told to skip."""

    failed: set[tuple[str, str]]
    skipped: set[tuple[str, str]]
    passed: int
    unreadable: list[str]


def checkov(*arguments: str | Path, framework: str) -> Verdicts:
    """Run checkov, without the network."""
    command = [need("checkov"), *map(str, arguments), "--framework", framework]
    options = ["--output", "json", "--compact", "--skip-download"]
    done = subprocess.run([*command, *options], capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1), done.stderr
    said = json.loads(done.stdout)
    assert "results" in said, f"checkov found nothing to check: {said}"
    found = said["results"]
    return Verdicts(
        _kinds(found["failed_checks"]),
        _kinds(found["skipped_checks"]),
        said["summary"]["passed"],
        found["parsing_errors"],
    )


def _kinds(records: list[dict[str, Any]]) -> set[tuple[str, str]]:
    return {(record["check_id"], _kind(record["resource"])) for record in records}


def _kind(address: str) -> str:
    """`aws_iam_user` of `module.x["y"].aws_iam_user.this["alice"]`."""
    return re.sub(r"module\.[^.\[]+(\[[^\]]*\])?\.", "", address).split(".")[0]


@pytest.fixture(scope="session")
def tree(iamgen: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The default, the default as calls of modules, and the modules with their examples."""
    folder = tmp_path_factory.mktemp("rendered")
    for arguments in (
        ("render", "-o", "default/main.tf"),
        ("render", "-o", "calls/main.tf", "--module-source", "./modules"),
        ("modules", "modules"),
        ("modules", "calls/modules"),
    ):
        done = subprocess.run([iamgen, *arguments], cwd=folder, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Moto]:
    """An account on loopback."""
    with moto(tmp_path_factory.mktemp("moto")) as running:
        yield running


@pytest.fixture(scope="session")
def environment(server: Moto, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """What leads Terraform to the account, by a provider that runs already, and one user more."""
    plugins = tmp_path_factory.mktemp("plugins")
    with running(tmp_path_factory.mktemp("provider"), plugins, server.environment()) as provider:
        more = {"TF_PLUGIN_CACHE_DIR": str(plugins), "TF_VAR_ops_users": '["alice"]'}
        yield {**server.environment(), **provider, **more}


def planned(root: Path, server: Moto, environment: Mapping[str, str]) -> list[Path]:
    """Files with the plan for an account where nothing of this exists, and with the next one after its apply."""
    server.reset()
    if "mfa-policy" in root.parts:
        server.iam().create_group(GroupName="ops")  # its example attaches to a group that exists
    place = Workspace(root, environment)
    place.init()
    first = place.planned()
    place.run("apply", "-input=false", "plan")
    files = {"first.json": first, "later.json": place.planned()}
    for name, plan in files.items():
        (root / name).write_text(json.dumps(plan), encoding="utf-8")
    return [root / name for name in files]


def test_as_configuration(tree: Path) -> None:
    verdicts = checkov("-d", tree, framework="terraform")
    assert (verdicts.failed, verdicts.unreadable) == (set(), [])
    assert verdicts.skipped == SKIPS
    assert verdicts.passed > 100


@pytest.mark.parametrize("name", ROOTS)
def test_as_plans(name: str, tree: Path, server: Moto, environment: Mapping[str, str]) -> None:
    root, comments = (tree / folder for folder in ROOTS[name])
    files = planned(root, server, environment)
    verdicts = checkov("-f", *files, "--repo-root-for-plan-enrichment", comments, framework="terraform_plan")
    assert (verdicts.failed, verdicts.unreadable) == (set(), [])
    assert verdicts.skipped <= SKIPS
    assert verdicts.passed > 0
    without_comments = checkov("-f", *files, framework="terraform_plan")
    assert without_comments.failed == verdicts.skipped
