"""The door to a repository's files: nothing outside is read, whatever changes between a look and a read."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from iamgen_rules.policy.text import Unknown
from iamgen_rules.terraform import files
from iamgen_rules.terraform.files import Repository
from iamgen_rules.terraform.options import Options, ValuesFile
from iamgen_rules.terraform.read import read

from .doors import door, refusal
from .trees import plant


def descriptors() -> int:
    return sum(1 for _ in Path("/proc/self/fd").iterdir())


def escapes(repository: Path) -> dict[str, str]:
    """Paths that lead out, with what they need on the disk."""
    outside = repository.parent / "outside.txt"
    (repository / "live/link").symlink_to(outside)
    (repository / "live/chain").symlink_to("link")
    (repository / "live/up").symlink_to("../..")
    (repository / "live/gone").symlink_to(repository.parent / "gone")
    return {
        "up": "../../outside.txt",
        "up through a name that is not there": "gone/../../../outside.txt",
        "absolute": str(outside),
        "absolute, twice a slash": f"/{outside}",
        "a folder whose name begins with the repository's": "../../repository-2/file",
        "a link": "link",
        "a link to a link": "chain",
        "through a link to a folder": "up/outside.txt",
        "a link to what is not there": "gone",
        "device": "/dev/zero",
        "process": "/proc/self/environ",
    }


@pytest.mark.parametrize("name", [
    "up", "up through a name that is not there", "absolute", "absolute, twice a slash",
    "a folder whose name begins with the repository's", "a link", "a link to a link", "through a link to a folder",
    "a link to what is not there", "device", "process",
])  # fmt: skip
def test_nothing_outside_is_read_or_looked_for(repository: Path, name: str) -> None:
    path = escapes(repository)[name]
    opened = door(repository)
    for call in (opened.read, opened.exists):
        error = refusal(call, path)
        assert "outside of the repository" in error.message
        assert error.lasting
    assert set(opened.repository.seen.values()) == {"refused"}


@pytest.mark.parametrize("path", ["~", "~/.aws/credentials", "~someone/x"])
def test_a_home_is_not_read(repository: Path, path: str) -> None:
    opened = door(repository, allow_outside=True)
    assert all("home" in refusal(call, path).message for call in (opened.read, opened.exists))


def test_outside_is_read_on_request(repository: Path) -> None:
    opened = door(repository, allow_outside=True)
    assert opened.read("../../outside.txt") == b"secret"
    assert opened.exists("../../outside.txt")


def test_a_link_that_is_put_there_after_the_look_is_not_followed(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = door(repository)
    honest = opened.repository.real

    def swapped(path: str | Path) -> str:
        found = honest(path)
        shutil.rmtree(repository / "live/policies")
        (repository / "live/policies").symlink_to(repository.parent)
        return found

    (repository.parent / "a.json").write_text("secret")
    monkeypatch.setattr(opened.repository, "real", swapped)
    assert refusal(opened.read, "policies/a.json").message


def test_a_pipe_that_is_put_there_after_the_look_is_not_read(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = repository / "live/main.tf"
    honest = files._kind

    def swapped(status: os.stat_result) -> files.Kind:
        if path.is_file():
            path.unlink()
            os.mkfifo(path)
        return honest(status)

    monkeypatch.setattr(files, "_kind", swapped)
    assert "pipe" in refusal(door(repository).read, "main.tf").message


# A folder that stays open


def test_a_folder_that_becomes_a_link_between_two_reads_is_not_followed(repository: Path) -> None:
    opened = Repository(repository)
    policies = repository / "live/policies"
    (repository.parent / "a.json").write_text("secret")
    with opened.folder_stays_open():
        opened.names(policies)
        assert opened.read(policies / "a.json") == b"policies/a.json"
        policies.rename(repository / "live/before")
        policies.symlink_to(repository.parent)
        assert "outside of the repository" in refusal(opened.read, policies / "a.json").message


def test_a_file_that_becomes_something_else_in_an_open_folder_is_refused(repository: Path) -> None:
    opened = Repository(repository)
    path = repository / "live/policies/a.json"
    with opened.folder_stays_open():
        opened.names(path.parent)
        path.unlink()
        assert "there is no" in refusal(opened.read, path).message
        path.symlink_to(repository.parent / "outside.txt")
        assert "outside of the repository" in refusal(opened.read, path).message
        path.unlink()
        os.mkfifo(path)
        assert "is a pipe" in refusal(opened.read, path).message


def test_links_inside_are_followed_from_an_open_folder(repository: Path) -> None:
    opened = Repository(repository)
    policies = repository / "live/policies"
    (policies / "link.json").symlink_to("../../common/base.json")
    (repository / "live/other").symlink_to("policies")
    with opened.folder_stays_open():
        opened.names(policies)
        assert opened.read(policies / "link.json") == b"base"
        assert opened.read(repository / "live/other/a.json") == b"policies/a.json"
        assert opened.read(policies / "more/../a.json") == b"policies/a.json"


def test_the_way_to_a_file_is_not_gone_again(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = Repository(repository)
    policies = repository / "live/policies"
    with opened.folder_stays_open():
        names = opened.names(policies)
        monkeypatch.setattr(opened, "real", pytest.fail)
        assert [opened.read(policies / name) for name in names if name.endswith("json")]


def test_one_folder_is_open_at_a_time_and_none_at_the_end(repository: Path) -> None:
    opened = Repository(repository)
    before = descriptors()
    with opened.folder_stays_open():
        for folder in ("live", "live/policies", "common") * 5:
            opened.names(repository / folder)
            assert descriptors() == before + 1
        refusal(opened.names, repository / "gone")
    assert descriptors() == before
    opened.names(repository / "live")
    refusal(opened.names, repository / "live/main.tf")
    assert descriptors() == before


def test_a_file_of_values_may_lie_outside_where_who_reads_names_it(tmp_path: Path) -> None:
    root, values = tmp_path / "root", tmp_path / "prod.tfvars"
    plant(root, {".git/HEAD": "", "main.tf": 'variable "n" {}\nresource "aws_iam_user" "u" {\n  name = var.n\n}\n'})
    values.write_text('n = "alice"\n')
    for anywhere, name, problems in ((True, "alice", 0), (False, Unknown("var.n"), 1)):
        (found,) = read([str(root)], Options([ValuesFile(str(values), anywhere=anywhere)])).roots
        assert (found.resources[0].values["name"], len(found.problems)) == (name, problems)
        assert ("content", str(values)) in found.seen or not anywhere
    (missing,) = read([str(root)], Options([ValuesFile(str(tmp_path / "no.tfvars"), anywhere=True)])).roots
    assert [str(one) for one in missing.problems] == [f"{tmp_path}/no.tfvars: there is no {tmp_path}/no.tfvars"]
