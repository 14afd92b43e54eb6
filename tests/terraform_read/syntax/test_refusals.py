"""Terraform's parser is the judge of what is taken and what is refused."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from iamgen_rules.terraform.hcl import parse_body
from iamgen_rules.terraform.index import index
from iamgen_rules.terraform.syntax_error import HclSyntaxError
from needs import need

from .texts import REFUSED, TAKEN


@pytest.mark.parametrize("name", TAKEN)
def test_it_is_taken(name: str) -> None:
    body = parse_body(TAKEN[name])
    assert len(body.arguments) + len(body.blocks) == 1
    assert body.problems == ()


@pytest.mark.parametrize("name", REFUSED)
def test_it_is_refused_with_its_place(name: str) -> None:
    text = REFUSED[name]
    with pytest.raises(HclSyntaxError) as refusal:
        parse_body(text)
    assert 0 <= refusal.value.place.start <= refusal.value.place.end <= len(text)
    assert refusal.value.message


@pytest.mark.parametrize("name", REFUSED)
def test_it_costs_itself_only(name: str) -> None:
    """The blocks before and behind are found and read; which of them a brace too many belongs to, nobody can say."""
    before, behind = 'resource "a" "before" {}\n', '\nresource "a" "behind" {\n  b = 1\n}\n'
    text = f"{before}resource broken {{\n{REFUSED[name]}}}\n{behind}"
    found = {block.labels[-1]: block for block in index(text).blocks if block.labels}
    assert {"before", "behind"} <= found.keys()
    assert parse_body(text, found["behind"].body).arguments.keys() == {"b"}


def test_terraform_takes_and_refuses_the_same(tmp_path: Path) -> None:
    texts = [*TAKEN.values(), *REFUSED.values()]
    for number, text in enumerate(texts):
        (tmp_path / f"t{number:03}.tf").write_text(text, encoding="utf-8", newline="")
    command = [need("terraform"), "fmt", "-write=false", "-list=false", "-no-color", str(tmp_path)]
    said = subprocess.run(command, capture_output=True, text=True, check=False).stderr
    refused = {int(number) for number in re.findall(r"t(\d{3})\.tf line", said)}
    assert refused == set(range(len(TAKEN), len(texts)))
