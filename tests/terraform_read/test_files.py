"""The door to a repository's files: what it opens and what it remembers."""

from __future__ import annotations

import os
import socket
from hashlib import sha256
from pathlib import Path

import pytest

from iamgen_rules.terraform.files import Repository
from iamgen_rules.terraform.limits import Budget
from iamgen_rules.terraform.root_files import RootFiles

from .doors import door, refusal

# Inside


@pytest.mark.parametrize(
    "path",
    [
        "../common/base.json",
        "./../common/base.json",
        "policies/more/../../../common/base.json",
        "gone/../../common/base.json",
    ],
)
def test_a_path_is_read_from_the_root_module_s_folder(repository: Path, path: str) -> None:
    assert door(repository).read(path) == b"base"


def test_an_absolute_path_inside_is_read(repository: Path) -> None:
    assert door(repository).read(str(repository / "common/base.json")) == b"base"


def test_links_inside_are_followed(repository: Path) -> None:
    (repository / "live/link.json").symlink_to("../common/base.json")
    (repository / "live/common").symlink_to(repository / "common")
    assert door(repository).read("link.json") == b"base"
    assert door(repository).read("common/base.json") == b"base"


def test_without_git_the_given_folder_is_the_end_of_the_world(repository: Path) -> None:
    (repository / ".git").rmdir()
    error = refusal(door(repository).read, "../common/base.json")
    assert "outside of the repository" in error.message
    assert error.lasting


def test_the_file_that_a_worktree_has_for_git_marks_a_repository(repository: Path) -> None:
    (repository / ".git").rmdir()
    (repository / ".git").write_text("gitdir: elsewhere")
    assert door(repository).read("../common/base.json") == b"base"


# What is no file


def test_what_is_not_there_is_an_error_that_try_may_catch(repository: Path) -> None:
    for path in ("gone.json", "main.tf/gone.json", "gone/gone.json"):
        error = refusal(door(repository).read, path)
        assert (error.message, error.lasting) == (f"there is no {repository / 'live' / path}", False)
    assert not door(repository).exists("gone.json")
    assert not door(repository).exists("gone/gone.json")
    assert "inside of a file" in refusal(door(repository).exists, "main.tf/gone.json").message


def test_a_folder_is_no_file(repository: Path) -> None:
    for call in (door(repository).read, door(repository).exists):
        error = refusal(call, "policies")
        assert "is a folder, not a file" in error.message
        assert not error.lasting


def test_pipes_and_sockets_are_not_opened(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(repository / "live")  # the path of a socket is short
    os.mkfifo("pipe")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("socket")
        for name in ("pipe", "socket"):
            assert f"is a {name}, not a file" in refusal(door(repository).read, name).message
            assert f"is a {name}, not a file" in refusal(door(repository).exists, name).message


@pytest.mark.parametrize("path", ["/dev/zero", "/dev/null"])
def test_devices_are_not_opened_even_where_outside_is_allowed(repository: Path, path: str) -> None:
    error = refusal(door(repository, allow_outside=True).read, path)
    assert "is a device, not a file" in error.message
    assert error.lasting


def test_a_circle_of_links_is_no_file(repository: Path) -> None:
    (repository / "live/one").symlink_to("two")
    (repository / "live/two").symlink_to("one")
    for call in (door(repository).read, door(repository).exists):
        assert "is a link, not a file" in refusal(call, "one").message
    assert "there is no" in refusal(door(repository).read, "one/x").message


@pytest.mark.parametrize("path", ["a\0b", "x" * 300, "x/" * 3000])
def test_a_path_that_no_file_can_have_is_refused(repository: Path, path: str) -> None:
    assert refusal(door(repository).read, path).message


# Sizes


def test_a_large_file_is_refused(repository: Path) -> None:
    (repository / "live/large").write_bytes(b"x" * 11)
    error = refusal(door(repository, most_bytes=10).read, "large")
    assert "more than 10 bytes" in error.message
    assert error.lasting
    assert door(repository, most_bytes=11).read("large") == b"x" * 11


def test_a_huge_file_costs_nothing(repository: Path) -> None:
    with (repository / "live/huge").open("wb") as huge:
        huge.truncate(2**40)
    assert "more than 16,777,216 bytes" in refusal(door(repository).read, "huge").message


def test_a_file_that_lies_about_its_size_is_not_read_further(repository: Path) -> None:
    opened = RootFiles(Repository(repository, allow_outside=True, most_bytes=10), str(repository), Budget())
    assert Path("/proc/self/status").stat().st_size == 0
    assert "more than 10 bytes" in refusal(opened.read, "/proc/self/status").message


def test_reading_again_and_again_comes_to_an_end(repository: Path) -> None:
    opened = RootFiles(Repository(repository), str(repository / "live"), Budget(most_steps=10))
    assert [opened.read("main.tf") for _ in range(10)]
    assert "more than 10 steps" in refusal(opened.read, "main.tf").message


# What is remembered


def test_answers_are_remembered_with_what_they_depend_on(repository: Path) -> None:
    opened = door(repository)
    opened.read("../common/base.json")
    opened.exists("gone")
    opened.exists("main.tf")
    opened.repository.names(repository / "common")
    assert opened.repository.seen == {
        ("content", str(repository / "common/base.json")): sha256(b"base").hexdigest(),
        ("kind", str(repository / "live/gone")): "missing",
        ("kind", str(repository / "live")): "folder",
        ("kind", str(repository / "live/main.tf")): "file",
        ("names", str(repository / "common")): sha256(b"base.json\0").hexdigest(),
    }


def test_a_folder_is_another_where_a_name_becomes_a_folder_or_a_link_or_leads_elsewhere(repository: Path) -> None:
    digests: list[str] = []
    for make in ("touch", "mkdir", "one", "two"):
        path = repository / "common/it"
        if make in ("touch", "mkdir"):
            getattr(path, make)()
        else:
            path.symlink_to(make)
        opened = door(repository)
        opened.repository.names(repository / "common")
        digests.append(opened.repository.seen["names", str(repository / "common")])
        path.rmdir() if make == "mkdir" else path.unlink()
    assert len(set(digests)) == 4


def test_a_file_that_was_missed_is_remembered(repository: Path) -> None:
    opened = door(repository)
    refusal(opened.read, "gone")
    assert opened.repository.seen == {("kind", str(repository / "live/gone")): "missing"}
