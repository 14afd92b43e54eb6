"""`fileset`: which files match, and what stops the search."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from iamgen_rules.terraform.files import Repository
from iamgen_rules.terraform.limits import Budget
from iamgen_rules.terraform.root_files import RootFiles

from .doors import door, refusal


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
