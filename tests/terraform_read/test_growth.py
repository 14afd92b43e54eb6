"""What reading takes grows with what there is to read: counted in calls of functions, never in seconds."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from iamgen_rules.terraform.read import read

from .trees import parts, plant, trees

MOST = 2.3  # twice as much to read, and something for what is looked up in longer lists
LARGEST = 15_000  # bytes of a directory of the corpus, of which copies are made
JUDGED = [parts(text) for _, text in trees(Path(__file__).parent / "judged")][:24]
RESOURCES = """
resource "aws_iam_user" "u{n}" {{
  for_each = toset(["a", "b"])
  name     = "u{n}-${{each.key}}"
}}
resource "aws_iam_group" "g{n}" {{
  name = "g{n}"
}}
resource "aws_iam_group_membership" "m{n}" {{
  name  = "m{n}"
  group = aws_iam_group.g{n}.name
  users = [for one in aws_iam_user.u{n} : one.name]
}}
resource "aws_iam_group_policy" "p{n}" {{
  group  = aws_iam_group.g{n}.id
  name   = "p"
  policy = jsonencode({{ Version = "2012-10-17", Statement = local.statements }})
}}
"""


def calls(action: Callable[[], object]) -> int:
    """How many functions an action calls."""
    found = 0

    def count(frame: FrameType, event: str, argument: Any) -> None:
        nonlocal found
        del frame, argument
        found += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        action()
    finally:
        sys.setprofile(before)
    return found


def grown(plant_copies: Callable[[Path, int], None], folder: Path, small: int) -> float:
    """How many times as many calls twice as many copies take."""
    taken: list[int] = []
    for copies in (small, small, 2 * small):  # the first time loads what is loaded once
        shutil.rmtree(folder, ignore_errors=True)
        plant_copies(folder, copies)
        taken.append(calls(lambda: read([str(folder)])))
    return taken[2] / taken[1]


def test_twice_as_many_modules_take_twice_as_much(tmp_path: Path) -> None:
    def copies(folder: Path, number: int) -> None:
        names = [f"c{copy}-{place}" for copy in range(number) for place in range(len(JUDGED))]
        plant(folder, {"main.tf": "".join(f'module "{name}" {{\n  source = "./{name}"\n}}\n' for name in names)})
        for place, files in enumerate(JUDGED):
            for copy in range(number):
                plant(folder / f"c{copy}-{place}", files)

    assert grown(copies, tmp_path / "modules", 1) <= MOST


def test_twice_as_many_blocks_in_a_file_take_twice_as_much(tmp_path: Path) -> None:
    def copies(folder: Path, number: int) -> None:
        text = 'locals {\n  statements = [{ Effect = "Allow", Action = "s3:*", Resource = "*" }]\n}\n'
        plant(folder, {"main.tf": text + "".join(RESOURCES.format(n=n) for n in range(number))})

    assert grown(copies, tmp_path / "blocks", 20) <= MOST


def test_twice_as_much_of_the_corpus_takes_twice_as_much(shared: Path, tmp_path: Path) -> None:
    tried = 0
    for path in sorted(shared.glob("corpus/*/labels.json")):
        sizes = [file.stat().st_size for file in path.parent.rglob("*") if file.is_file()]
        if sum(sizes) > LARGEST:
            continue
        origin = path.parent

        def copies(folder: Path, number: int, origin: Path = origin) -> None:
            for copy in range(number):
                shutil.copytree(origin, folder / f"copy{copy}", symlinks=True)

        assert grown(copies, tmp_path / origin.name, 1) <= MOST, origin.name
        tried += 1
    assert tried


@pytest.mark.parametrize("repetitions", [50, 100])
def test_calls_are_counted(repetitions: int) -> None:
    def action() -> None:
        for _ in range(repetitions):
            len("")

    assert repetitions <= calls(action) <= repetitions + 5
