"""What holds for every format: it is found by its name, it ends, it is the same again, and it has no colour."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import iamgen_rules.report
from iamgen_rules.report import FORMATS
from report.made import REPORTS


def test_the_formats_in_the_order_in_which_they_are_offered() -> None:
    assert list(FORMATS) == ["text", "json", "sarif", "junit", "github", "gitlab", "markdown"]
    assert "html" not in FORMATS
    with pytest.raises(KeyError, match="html"):
        FORMATS["html"]


def test_a_format_is_loaded_when_it_is_asked_for() -> None:
    tree = ast.parse(Path(iamgen_rules.report.__file__).read_text(encoding="utf-8"))
    imported = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert not any(module.startswith("iamgen_rules.report") for module in imported)


@pytest.mark.parametrize("name", REPORTS)
@pytest.mark.parametrize("form", FORMATS)
def test_it_ends_with_one_newline_and_is_the_same_again(form: str, name: str) -> None:
    text = FORMATS[form](REPORTS[name])
    assert text == FORMATS[form](REPORTS[name])
    assert text == "" or (text.endswith("\n") and not text.endswith("\n\n"))


@pytest.mark.parametrize("form", FORMATS)
def test_colour_is_for_text_only_and_only_where_it_is_asked_for(form: str) -> None:
    plain = FORMATS[form](REPORTS["example"])
    assert "\x1b" not in plain
    assert ("\x1b" in FORMATS[form](REPORTS["example"], colour=True)) is (form == "text")
