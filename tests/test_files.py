"""Reading rosters and documents from files: what cannot be read is said, and nothing outside the repository is."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import NoReturn

import pytest

from iamgen.files import MOST_BYTES, MOST_DOCUMENT_BYTES, default_text, load_file
from iamgen_rules.errors import InputError

POLICY = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"logs:Get*","Resource":"*"}]}'
ROSTER = "version: 1\ngroups: [{name: ops, policies: [{name: logs, document: %s}]}]\n"


def error_of(path: Path) -> str:
    with pytest.raises(InputError) as caught:
        load_file(path)
    assert caught.value.exit_code == 2
    (problem,) = caught.value.problems
    return str(problem).removeprefix(f"{path}:").strip()


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert error_of(tmp_path / "iamgen.yaml") == "does not exist"


def test_a_path_through_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert error_of(tmp_path / "file" / "iamgen.yaml") == "cannot be read: Not a directory"


def test_a_folder(tmp_path: Path) -> None:
    assert error_of(tmp_path) == "is a folder: name a file in it"


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert error_of(tmp_path / "pipe") == "is not a regular file"


def test_a_file_that_one_may_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> NoReturn:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    (tmp_path / "iamgen.yaml").write_text("version: 1\n")
    monkeypatch.setattr(Path, "open", refuse)  # a mode would not stop root
    assert error_of(tmp_path / "iamgen.yaml") == "cannot be read: Permission denied"


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"version: 1\n# \xfc\n", "is not UTF-8: line 2 holds the byte 0xfc"),
        ("version: 1\n".encode("utf-16"), "is not UTF-8: line 1 holds the byte 0xff"),
        (b"version: 1\n# \xed\xa0\x80\n", "is not UTF-8: line 2 holds the byte 0xed"),
        (b"version: 1\n\x00", "2:1: unreadable character U+0000: take it out"),
        (b"#" * (MOST_BYTES + 1), f"has more than {MOST_BYTES:,} bytes"),
    ],
)
def test_a_file_that_is_no_text(tmp_path: Path, content: bytes, error: str) -> None:
    (tmp_path / "iamgen.yaml").write_bytes(content)
    assert error_of(tmp_path / "iamgen.yaml") == error


def test_a_line_of_100_mb_is_not_even_read(tmp_path: Path) -> None:
    with (tmp_path / "iamgen.yaml").open("wb") as file:
        file.truncate(100_000_000)
    assert error_of(tmp_path / "iamgen.yaml") == f"has more than {MOST_BYTES:,} bytes"


def test_a_byte_order_mark_is_no_text(tmp_path: Path) -> None:
    (tmp_path / "iamgen.yaml").write_bytes(b"\xef\xbb\xbf" + default_text().encode())
    assert load_file(tmp_path / "iamgen.yaml").roster.version == 1


def _document_error(roster: Path, name: str) -> str:
    roster.parent.mkdir(parents=True, exist_ok=True)
    roster.write_text(ROSTER % name)
    return error_of(roster).removeprefix("2:56: groups[0].policies[0].document: ")


def test_a_document_beside_the_roster(tmp_path: Path) -> None:
    (tmp_path / "logs.json").write_text("\ufeff" + POLICY, encoding="utf-8")
    (tmp_path / "iamgen.yaml").write_text(ROSTER % "./logs.json")
    assert load_file(tmp_path / "iamgen.yaml").documents["./logs.json"]["Statement"][0]["Action"] == "logs:Get*"


def test_a_document_elsewhere_in_the_repository(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "logs.json").write_text(POLICY)
    (tmp_path / "iam").mkdir()
    (tmp_path / "iam" / "iamgen.yaml").write_text(ROSTER % "../logs.json")
    assert load_file(tmp_path / "iam" / "iamgen.yaml").documents


@pytest.mark.parametrize("git", [False, True], ids=["no repository", "repository"])
def test_a_document_outside(tmp_path: Path, git: bool) -> None:
    repository = tmp_path / "repository"
    (tmp_path / "logs.json").write_text(POLICY)
    if git:
        repository.mkdir()
        (repository / ".git").write_text("gitdir: elsewhere\n")  # as in a worktree
    message = f"'../logs.json': lies outside the repository {repository.resolve()}: copy it in"
    assert _document_error(repository / "iamgen.yaml", "../logs.json") == message


def test_a_link_leads_out_of_the_repository(tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "logs.json").write_text(POLICY)
    repository = tmp_path / "repository"
    repository.mkdir()
    (repository / "file.json").symlink_to(tmp_path / "outside" / "logs.json")
    (repository / "folder").symlink_to(tmp_path / "outside")
    for name in ("file.json", "folder/logs.json"):
        message = f"'{name}': lies outside the repository {repository.resolve()}: copy it in"
        assert _document_error(repository / "iamgen.yaml", name) == message


def test_links_inside_the_repository_are_followed(tmp_path: Path) -> None:
    (tmp_path / "logs.json").write_text(POLICY)
    (tmp_path / "link.json").symlink_to("logs.json")
    (tmp_path / "iamgen.yaml").write_text(ROSTER % "link.json")
    assert load_file(tmp_path / "iamgen.yaml").documents


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("missing.json", "'missing.json': does not exist"),
        (".", "'.': is a folder: name a file in it"),
        ("/etc/passwd", "'/etc/passwd': has to be relative to the roster"),
        ("~/logs.json", "'~/logs.json': has to be relative to the roster"),
        ("loop", "'loop': cannot be read: Too many levels of symbolic links"),
        ("big.json", f"'big.json': has more than {MOST_DOCUMENT_BYTES:,} bytes"),
        ("pipe", "'pipe': is not a regular file"),
        ("x" * 300, f"'{'x' * 140}…': cannot be read: File name too long"),
    ],
)
def test_a_document_that_cannot_be_read(tmp_path: Path, name: str, error: str) -> None:
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "big.json").write_text(" " * (MOST_DOCUMENT_BYTES + 1))
    os.mkfifo(tmp_path / "pipe")
    assert _document_error(tmp_path / "iamgen.yaml", name) == error
