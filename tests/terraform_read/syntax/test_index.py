"""A file is split into its blocks, whatever stands in them, and however broken others are."""

from __future__ import annotations

import os
import subprocess
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hcl2 import parses_to_tree
from lark.exceptions import LarkError

from iamgen_rules.terraform.hcl import parse_block, parse_body
from iamgen_rules.terraform.index import Index, TopBlock, index
from needs import ROOT

_BODIES = {
    "nothing": "",
    "an argument": "\n  a = 1\n",
    "one line": " a = 1 ",
    "braces in strings": '\n  a = "}"\n  b = "{"\n',
    "a template": '\n  a = "${b["}"]}"\n',
    "a template in a template": '\n  a = "x ${f("y ${"}"} {")} z"\n',
    "an object in a template": '\n  a = "${ { b = "}" }.b }"\n',
    "a directive": '\n  a = "%{ if { b = true }.b }}%{ endif }"\n',
    "escapes": '\n  a = "\\"}\\\\"\n  b = "$${}}"\n  c = "%%{}{"\n',
    "dollars": '\n  a = "$"\n  b = "$${"\n  c = "%"\n',
    "comments": "\n  # }\n  // {\n  /* } \n { */\n  a = 1 # }\n",
    "a quote in a comment": "\n  # don't say \"\n  a = 1\n",
    "a heredoc": '\n  a = <<E\n } " {\nE\n  b = 2\n',
    "an indented heredoc": "\n  a = <<-E\n    }\n    E\n",
    "a heredoc with interpolations": '\n  a = <<E\n${ { b = "}" }.b } }\n${f({})}E\nE\n',
    "a heredoc in a heredoc": "\n  a = <<E\n${f(<<E\n}\nE\n)}\n}\nE\n",
    "an end marker with white space": "\n  a = <<E\n}\n \tE \t\n",
    "an end marker that is none": "\n  a = <<E\nE }\n}E\n E.\nE\n",
    "comparisons": "\n  a = b < c\n  d = b<c\n",
    "division": "\n  a = b / c /d\n",
    "deep objects": "\n  a = {b = {c = {d = {e = {}}}}}\n",
    "blocks": "\n  b {\n    c {\n    }\n  }\n",
    "windows' newlines": "\r\n  a = <<E\r\n}\r\nE\r\n",
}


@pytest.mark.parametrize("name", _BODIES)
def test_a_block_ends_at_its_brace(name: str) -> None:
    text = f'# x\nresource "a" "b" {{{_BODIES[name]}}}\nlocals {{\n}}\n'
    found = index(text)
    assert found.problems == ()
    first, second = found.blocks
    assert (first.type, first.labels, first.line) == ("resource", ("a", "b"), 2)
    assert text[first.body.start : first.body.end] == _BODIES[name]
    assert text[first.extent.start : first.extent.end] == f'resource "a" "b" {{{_BODIES[name]}}}'
    assert (second.type, second.labels, second.line) == ("locals", (), text.count("\n") - 1)


@pytest.mark.parametrize(
    ("head", "labels"),
    [
        ("a", ()),
        ("a b", ("b",)),
        ('a "b"', ("b",)),
        ('a"b"c"d"', ("b", "c", "d")),
        ('a /* "x" */ "b" /* y */ "c"', ("b", "c")),
        ('a ""', ("",)),
        ('a "b c{"', ("b c{",)),
        ('a "\\"$${b}"', ('"${b}',)),
        ("a größe-1", ("größe-1",)),
    ],
)
def test_labels(head: str, labels: tuple[str, ...]) -> None:
    for text in (f"{head} {{\n}}\n", f"\ufeff{head}{{}}", f"\r\n  {head} {{ b = 1 }} // c"):
        [block] = index(text).blocks
        assert (block.type, block.labels) == ("a", labels)
        assert parse_block(text, block.extent).labels == labels


def _names(found: Index) -> list[str]:
    return [" ".join([block.type, *block.labels]) for block in found.blocks]


@pytest.mark.parametrize(
    ("text", "names", "message"),
    [
        ('resource "a" "b" {\n  c = {\n}\nlocals {}\n', ["locals"], "this { is not closed"),
        ('locals {}\nresource "a" "b" {\n  c = "\n}\nlocals {}\n', ["locals", "locals"], "string is not closed"),
        ("locals {\n a = <<E\n}\nmodule a {\n}\n", ["module a"], "a line E is missing"),
        ("locals {\n a = 1 /* }\n}\nmodule a {}\n", ["module a"], "comment is not closed"),
        ("a = 1\nlocals {}\n", ["locals"], "this is no block"),
        ("}\nlocals {}\n", ["locals"], "this is no block"),
        ("locals {}}\nmodule a {}\n", ["locals", "module a"], "a newline is missing behind the block"),
        ("locals\n{\n}\nmodule a {}\n", ["module a"], "this is no block"),
        ("locals {} module a {}\nmodule b {}\n", ["locals", "module b"], "a newline is missing"),
        ('module "\\x" {}\nmodule b {}\n', ["module b"], "escape sequence"),
        ("locals {}\n%", ["locals"], "this is no block"),
    ],
)
def test_what_is_broken_is_a_problem_and_costs_itself(text: str, names: list[str], message: str) -> None:
    found = index(text)
    assert _names(found) == names
    assert message in found.problems[0].message
    assert all(0 <= one.place.start < one.place.end <= len(text) for one in found.problems)


def test_a_file_of_broken_blocks_gives_the_sound_ones_among_them() -> None:
    text = "".join(f'resource "a" "broken" {{\nresource "a" "b{number}" {{\n}}\n' for number in range(50))
    assert _names(index(text))[-40:] == [f"resource a b{number}" for number in range(10, 50)]


def test_a_heredoc_is_not_lost_with_all_behind_it() -> None:
    """python-hcl2 takes white space behind an end marker for text, and reads on to the next heredoc of that marker."""
    text = "a {\n  b = <<E\nx\nE  \n}\nc {\n  d = 1\n}\ne {\n  f = <<E\ny\nE\n}\n"
    assert _names(index(text)) == ["a", "c", "e"]
    assert [block.type for block in parse_body(text).blocks] == ["a", "c", "e"]


def _files() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "*.tf"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    shared = os.environ.get("IAMGEN_SHARED")
    corpus = Path(shared, "corpus").rglob("*.tf") if shared else []
    own = [ROOT / name for name in listed.splitlines() if "templates/" not in name]
    return [*own, *sorted(corpus)]


def test_the_blocks_are_those_of_python_hcl2() -> None:
    """In every file that it reads by itself; ours reads the others too, and finds the same blocks both ways."""
    files = _files()
    assert len(files) > 10
    theirs = 0
    for file in files:
        text = file.read_bytes().decode("utf-8")
        found = index(text)
        assert found.problems == (), file
        assert list(found.blocks) == _by_grammar(text), file
        with suppress(LarkError):
            assert _names(found) == _by_python_hcl2(text), file
            theirs += 1
    assert theirs > 0.9 * len(files)


def _by_grammar(text: str) -> list[TopBlock]:
    return [
        TopBlock(block.type, block.labels, block.extent, block.body.extent, text.count("\n", 0, block.extent.start) + 1)
        for block in parse_body(text).blocks
    ]


def _by_python_hcl2(text: str) -> list[str]:
    [body] = parses_to_tree(text).children
    blocks = [child for child in body.children if child.data == "block"]
    return [" ".join(str(word).strip('"') for word in _head(block)) for block in blocks]


def _head(block: Any) -> list[str]:
    parts = block.children[: [str(one) for one in block.children].index("{")]
    return ["".join(part.scan_values(lambda _token: True)) for part in parts if part.data != "new_line_or_comment"]
