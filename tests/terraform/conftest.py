"""What the tests with a real Terraform share: a moto server for each process, folders to run in."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from moto_iam import Moto, moto
from terraform.roots import Place
from tf import Workspace


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


@pytest.fixture
def place(server: Moto, tmp_path_factory: pytest.TempPathFactory) -> Place:
    """A function that makes a folder for Terraform, in a partition, with files in it and providers installed."""
    plugins = tmp_path_factory.getbasetemp() / "plugins"
    plugins.mkdir(exist_ok=True)

    def make(files: dict[str, str], partition: str = "aws", **variables: str) -> Workspace:
        environment = {"TF_PLUGIN_CACHE_DIR": str(plugins), **server.environment(partition)}
        environment |= {f"TF_VAR_{name}": value for name, value in variables.items()}
        made = Workspace(tmp_path_factory.mktemp("root"), environment)
        made.write(files)
        made.init()
        return made

    return make
