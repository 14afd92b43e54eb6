"""A moto server for the tests with a real Terraform, and a folder to run in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from moto_iam import Moto, moto
from tf import Workspace
from tf_provider import running

_ALIAS = re.compile(r"^\s*alias\s*=", re.MULTILINE)
MakeRoot = Callable[[Mapping[str, str]], Workspace]


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Moto]:
    """IAM."""
    with moto(tmp_path_factory.mktemp("moto")) as running:
        yield running


@pytest.fixture(scope="session")
def environment(server: Moto, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """What leads Terraform to the account, by a provider that runs already."""
    plugins = tmp_path_factory.mktemp("plugins")
    with running(tmp_path_factory.mktemp("provider"), plugins, server.environment()) as provider:
        yield {"TF_PLUGIN_CACHE_DIR": str(plugins), **server.environment(), **provider}


@pytest.fixture
def root(server: Moto, environment: Mapping[str, str], tmp_path_factory: pytest.TempPathFactory) -> MakeRoot:
    """A function that makes a folder for Terraform with files in it, and an empty account.

    A provider that runs already has one configuration: for more, Terraform starts its own.
    """

    def make(files: Mapping[str, str]) -> Workspace:
        server.reset()
        several = any(_ALIAS.search(text) for text in files.values())
        own = {**server.environment(), "TF_PLUGIN_CACHE_DIR": environment["TF_PLUGIN_CACHE_DIR"]}
        workspace = Workspace(tmp_path_factory.mktemp("root"), own if several else environment)
        workspace.write(files)
        workspace.init()
        return workspace

    return make


def files_of(folder: Path) -> dict[str, str]:
    """The Terraform files of a folder and those below it."""
    return {path.relative_to(folder).as_posix(): path.read_text() for path in folder.rglob("*.tf")}
