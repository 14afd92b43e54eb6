"""Which directories are read by themselves, and which where they are called."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from iamgen_rules.terraform.read import Options, read

from .trees import plant

USER = 'resource "aws_iam_user" "u" {\n  name = "u"\n}\n'


def calls(*sources: str) -> str:
    return "".join(f'module "m{n}" {{\n  source = "{source}"\n}}\n' for n, source in enumerate(sources))


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def folders(paths: Sequence[str], options: Options | None = None) -> list[str]:
    return [root.folder for root in read(paths, options).roots]


def test_every_folder_with_configuration_that_none_calls_is_a_root(repository: Path) -> None:
    plant(
        repository,
        {
            "main.tf": USER,
            "live/prod/main.tf": calls("../../modules/iam"),
            "live/test/main.tf.json": '{"module": {"iam": {"source": "../../modules/iam"}}}',
            "modules/iam/main.tf": USER + calls("./inner"),
            "modules/iam/inner/main.tf": USER,
            "modules/alone/main.tofu": USER,
            "docs/readme.md": "no configuration",
        },
    )
    reading = read(["."])
    assert [root.folder for root in reading.roots] == [".", "live/prod", "live/test", "modules/alone"]
    assert reading.called == {"modules/iam": "live/prod", "modules/iam/inner": "modules/iam"}
    assert [len(root.resources) for root in reading.roots] == [1, 2, 2, 1]


def test_a_module_with_examples_is_called_by_them(repository: Path) -> None:
    plant(repository, {"main.tf": USER, "examples/complete/main.tf": calls("../../"), "tests/x/x.tf": calls("../..")})
    assert folders(["."]) == ["examples/complete", "tests/x"]


def test_calls_from_outside_the_given_paths_count(repository: Path) -> None:
    plant(repository, {"modules/a/a.tf": USER, "modules/b/b.tf": USER, "live/main.tf": calls("../modules/a")})
    reading = read(["modules"])
    assert [root.folder for root in reading.roots] == ["modules/b"]
    assert reading.called == {"modules/a": "live"}
    assert [str(problem) for problem in read(["modules/a"]).problems] == [
        "modules/a: no root module: modules/a is called by live"
    ]


def test_a_source_in_a_comment_or_a_text_calls_nothing(repository: Path) -> None:
    call = 'module "m" {\n  # source = "./a"\n  source = "./b"\n  text = "x"\n}\n'
    heredoc = 'module "n" {\n  source = "./b"\n  text = <<EOT\n  source = "./a"\nEOT\n}\n'
    plant(repository, {"main.tf": call + heredoc, "a/a.tf": USER, "b/b.tf": USER + 'variable "text" {}\n'})
    assert folders(["."]) == [".", "a"]


def test_hidden_and_ignored_folders_are_left_out_unless_they_are_named(repository: Path) -> None:
    plant(
        repository,
        {
            ".gitignore": "build/\n/old\n!keep/build/\n*.log\n",
            "keep/.gitignore": "not-this\n",
            "main.tf": USER,
            ".terraform/modules/x/main.tf": USER,
            ".hidden/main.tf": USER,
            "build/main.tf": USER,
            "sub/build/main.tf": USER,
            "sub/old/main.tf": USER,
            "old/main.tf": USER,
            "keep/build/main.tf": USER,
            "keep/not-this/main.tf": USER,
        },
    )
    assert folders(["."]) == [".", "keep/build", "sub/old"]
    assert folders(["keep"]) == ["keep/build"]
    assert folders(["old", ".hidden"]) == ["old", ".hidden"]


def test_excluded_folders_are_left_out(repository: Path) -> None:
    plant(repository, {"a/main.tf": USER, "b/main.tf": USER, "c/a/main.tf": USER})
    assert folders(["."], Options(exclude=["a/"])) == ["b"]
    assert folders(["."], Options(exclude=["/a", "b"])) == ["c/a"]


def test_links_are_followed_once_and_not_outside(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside")
    plant(outside, {"main.tf": USER})
    plant(repository, {"z/main.tf": USER, "a/main.tf": USER})
    (repository / "a" / "loop").symlink_to("..")
    (repository / "b").symlink_to("z")
    (repository / "c").symlink_to(outside)
    reading = read(["."])
    assert [root.folder for root in reading.roots] == ["a", "z"]
    (problem,) = reading.problems
    assert str(problem) == "c: c is outside of the repository, and not read without --allow-outside"


def test_a_file_that_is_named_means_its_folder(repository: Path) -> None:
    plant(repository, {"a/main.tf": USER, "a/more.tf": 'resource "aws_iam_group" "g" {\n  name = "g"\n}\n'})
    (root,) = read(["a/main.tf", "a/more.tf", "a"]).roots
    assert (root.folder, [resource.address for resource in root.resources]) == (
        "a",
        ["aws_iam_user.u", "aws_iam_group.g"],
    )


@pytest.mark.parametrize("path", ["nowhere", "empty", "empty/readme.md"])
def test_where_there_is_nothing_to_read_it_says_so(repository: Path, path: str) -> None:
    plant(repository, {"empty/readme.md": ""})
    reading = read([path])
    assert (reading.roots, [str(problem) for problem in reading.problems]) == ((), [f"{path}: there is no Terraform"])


def test_modules_that_call_each_other_are_no_roots(repository: Path) -> None:
    plant(repository, {"a/a.tf": calls("../b"), "b/b.tf": calls("../a")})
    reading = read(["."])
    assert reading.roots == ()
    assert [str(problem) for problem in reading.problems] == [
        ".: no root module: a is called by b, b is called by a",
    ]


def test_two_repositories_are_read_apart(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    other = tmp_path_factory.mktemp("other")
    plant(other, {"main.tf": USER})
    plant(repository, {"main.tf": USER})
    assert [len(root.resources) for root in read([".", str(other)]).roots] == [1, 1]


def test_without_iam_no_expression_is_parsed(repository: Path) -> None:
    plant(repository, {"main.tf": calls("./vpc"), "vpc/main.tf": 'resource "aws_vpc" "v" {\n  cidr_block = = =\n}\n'})
    (root,) = read(["."]).roots
    assert (root.resources, root.problems, root.files) == ((), (), ("main.tf", "vpc/main.tf"))


def test_what_was_read_is_named(repository: Path) -> None:
    user = 'variable "name" {}\nresource "aws_iam_user" "v" {\n  name = var.name\n}\n'
    plant(
        repository,
        {"main.tf": calls("./m") + user, "m/main.tf": USER, "terraform.tfvars": 'name = "v"\n', "unread.txt": ""},
    )
    (root,) = read(["."]).roots
    assert root.files == ("m/main.tf", "main.tf", "terraform.tfvars")
    contents = {Path(path).relative_to(repository).as_posix() for kind, path in root.seen if kind == "content"}
    names = {Path(path).relative_to(repository).as_posix() for kind, path in root.seen if kind == "names"}
    assert (contents, names) == (set(root.files), {".", "m"})


def test_what_cannot_be_walked_through_is_told_once(
    repository: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    plant(repository, {"main.tf": USER})
    (repository / "link").symlink_to(tmp_path_factory.mktemp("elsewhere"))
    monkeypatch.chdir(repository.parent)
    [problem] = read([str(repository)]).problems
    assert problem.place.document == str(repository / "link")
    assert "outside of the repository" in problem.message
