"""What the tests with a real Terraform share: a moto server for each process, folders to run in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from moto_iam import Moto, moto
from terraform.roots import Place
from tf import Workspace
from tf_provider import running


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Moto]:
    """IAM; what attaches a gate or adds to a group dawdles, so that what is not made to wait overtakes it."""
    slow = ("AttachGroupPolicy", "AttachUserPolicy", "AddUserToGroup")
    with moto(tmp_path_factory.mktemp("moto"), slow) as running:
        yield running


@pytest.fixture
def account(server: Moto) -> Moto:
    """An empty account."""
    server.reset()
    return server


@pytest.fixture(scope="session")
def plugins(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where Terraform keeps providers."""
    folder = tmp_path_factory.getbasetemp() / "plugins"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def provider(server: Moto, plugins: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """What leads Terraform to a provider that runs already."""
    with running(tmp_path_factory.mktemp("provider"), plugins, server.environment()) as environment:
        yield environment


@pytest.fixture
def place(
    server: Moto, plugins: Path, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Place:
    """A function that makes a folder for Terraform, with files in it and providers installed.

    It may leave it to Terraform to start the provider, as it does for everybody.
    """

    def make(files: dict[str, str], *, starts: bool = False, **variables: str) -> Workspace:
        folder = tmp_path_factory.mktemp("root")
        environment = {"TF_PLUGIN_CACHE_DIR": str(plugins), **server.environment()}
        environment |= {"TF_HTTP_ADDRESS": f"{server.endpoint}/terraform-state/{folder.name}"}
        environment |= {f"TF_VAR_{name}": value for name, value in variables.items()}
        if not starts:
            environment |= request.getfixturevalue("provider")
        made = Workspace(folder, environment)
        made.write(files)
        made.init()
        return made

    return make
