"""The door to a repository's files: what it opens, what it refuses, what it remembers."""

from __future__ import annotations

import os
import shutil
import socket
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from iamgen_rules.terraform import files
from iamgen_rules.terraform.evaluation_error import EvaluationError
from iamgen_rules.terraform.files import Repository
from iamgen_rules.terraform.limits import Budget
from iamgen_rules.terraform.root_files import RootFiles

Door = Callable[..., RootFiles]


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """outside.txt beside a repository with a root module in `live`."""
    top = tmp_path / "repository"
    for folder in (".git", "live/policies/more", "common"):
        (top / folder).mkdir(parents=True)
    (tmp_path / "outside.txt").write_text("secret")
    (top / "common/base.json").write_text("base")
    for name in ("main.tf", "policies/a.json", "policies/.b.json", "policies/more/c.json", "policies/[d].json"):
        (top / "live" / name).write_text(name)
    return top


def door(top: Path, *, allow_outside: bool = False, **limits: int) -> RootFiles:
    return RootFiles(Repository(top / "live", allow_outside=allow_outside, **limits), str(top / "live"), Budget())


def refusal(call: Callable[..., object], *arguments: object) -> EvaluationError:
    with pytest.raises(EvaluationError) as caught:
        call(*arguments)
    return caught.value


def descriptors() -> int:
    return sum(1 for _ in Path("/proc/self/fd").iterdir())


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


# Outside


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
    assert opened.repository.seen == {}


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
        ("names", str(repository / "common")): sha256(b"base.json").hexdigest(),
    }


def test_a_file_that_was_missed_is_remembered(repository: Path) -> None:
    opened = door(repository)
    refusal(opened.read, "gone")
    assert opened.repository.seen == {("kind", str(repository / "live/gone")): "missing"}


# fileset


@pytest.mark.parametrize(("folder", "pattern", "expected"), [
    ("policies", "*.json", [".b.json", "[d].json", "a.json"]),
    ("policies", "*", [".b.json", "[d].json", "a.json"]),
    ("policies", "**", [".b.json", "[d].json", "a.json", "more/c.json"]),
    ("policies", "**/*.json", [".b.json", "[d].json", "a.json", "more/c.json"]),
    (".", "policies/*/c.json", ["policies/more/c.json"]),
    (".", "../common/*", ["../common/base.json"]),
    ("policies/more/..", "a.json", ["a.json"]),
    ("policies", "\\[d\\].json", ["[d].json"]),
    ("policies", "{a,.b}.json", [".b.json", "a.json"]),
    ("policies", "gone*", []),
    ("gone", "*", []),
    ("main.tf", "*", []),
])  # fmt: skip
def test_the_files_that_match(repository: Path, folder: str, pattern: str, expected: list[str]) -> None:
    assert door(repository).matching(folder, pattern) == expected


def test_links_in_a_fileset_stay_inside(repository: Path) -> None:
    (repository / "live/policies/common").symlink_to("../../common")
    assert door(repository).matching("policies", "common/**") == ["common/base.json"]
    (repository / "live/policies/out").symlink_to("../../..")
    assert "outside of the repository" in refusal(door(repository).matching, "policies", "**").message
    assert "outside of the repository" in refusal(door(repository).matching, "policies", "out/*").message
    assert "outside of the repository" in refusal(door(repository).matching, "../..", "*").message


def test_a_fileset_does_not_walk_in_circles(repository: Path) -> None:
    (repository / "live/policies/again").symlink_to("..")
    error = refusal(door(repository).matching, ".", "**/*.json")
    assert "leads in a circle" in error.message
    assert error.lasting


def test_a_link_that_leads_nowhere_fails_a_fileset_that_names_it(repository: Path) -> None:
    (repository / "live/policies/dead.json").symlink_to("gone.json")
    assert "leads nowhere" in refusal(door(repository).matching, "policies", "*.json").message
    assert door(repository).matching("policies", "a*") == ["a.json"]


@pytest.mark.parametrize("pattern", ["[", "[]", "[a-]", "{a", "\\"])
def test_a_wrong_pattern_is_refused(repository: Path, pattern: str) -> None:
    assert "is wrong" in refusal(door(repository).matching, "policies", pattern).message


def test_a_pattern_that_backtracks_comes_to_an_end(repository: Path) -> None:
    (repository / "live" / ("a" * 200)).touch()
    assert door(repository).matching(".", "*a" * 60 + "b") == []
    assert "more than 200 characters" in refusal(door(repository).matching, ".", "*a" * 101).message


def test_a_walk_through_many_files_counts(repository: Path) -> None:
    opened = RootFiles(Repository(repository), str(repository / "live"), Budget(most_steps=10))
    assert "more than 10 steps" in refusal(opened.matching, ".", "**").message


def test_a_name_that_is_no_text_is_refused(repository: Path) -> None:
    (repository / "live/policies" / os.fsdecode(b"\xff.json")).touch()
    assert "not UTF-8" in refusal(door(repository).matching, "policies", "*.json").message
