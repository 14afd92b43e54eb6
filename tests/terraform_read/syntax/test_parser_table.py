"""The parser's table: it is the one for what is installed; others are made once, and nothing depends on the cache."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from iamgen_rules.errors import UsageError
from iamgen_rules.terraform import hcl
from iamgen_rules.terraform.native import parser_table

from .shapes import shape

_TABLE = Path(parser_table.__file__).parent.parent.parent / "data" / "hcl_table.bin"


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty cache, and a parser that is not loaded yet."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(sys, "platform", "linux")
    hcl._parser.cache_clear()
    yield tmp_path
    hcl._parser.cache_clear()


@pytest.fixture
def foreign(monkeypatch: pytest.MonkeyPatch) -> None:
    """A grammar that the table in the package is not made from."""
    monkeypatch.setattr(hcl, "grammar", _another_grammar)


def _another_grammar() -> str:
    return parser_table.grammar() + "\n// another\n"


def test_the_table_in_the_package_is_that_of_what_is_installed() -> None:
    """If not: `make parser-table`."""
    text = parser_table.grammar()
    made = parser_table.unpacked(parser_table.made_from(text), _TABLE.read_bytes())
    assert made == hcl.make_table(text)


def test_with_it_no_table_is_made(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(hcl, "make_table")
    assert shape(hcl.parse_expression("a + b")) == "(a + b)"
    assert list(cache.iterdir()) == []


@pytest.mark.usefixtures("foreign")
def test_for_another_pair_it_is_made_once(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert shape(hcl.parse_expression("a + b")) == "(a + b)"
    assert [file.parent.name for file in cache.rglob("hcl-*.bin")] == ["iamgen"]
    assert len([file for file in cache.rglob("*") if file.is_file()]) == 1
    hcl._parser.cache_clear()
    monkeypatch.delattr(hcl, "make_table")
    assert shape(hcl.parse_expression("a + b")) == "(a + b)"


@pytest.mark.usefixtures("foreign")
def test_a_damaged_file_is_made_again(cache: Path) -> None:
    hcl.parse_expression("a")
    [file] = cache.rglob("hcl-*.bin")
    sound = file.read_bytes()
    file.write_bytes(sound[:-100])
    hcl._parser.cache_clear()
    assert shape(hcl.parse_expression("a + b")) == "(a + b)"
    assert len(file.read_bytes()) == pytest.approx(len(sound), rel=0.1)


@pytest.mark.usefixtures("foreign")
def test_where_nothing_can_be_written_it_serves_the_run(cache: Path) -> None:
    (cache / "iamgen").write_text("no folder", encoding="utf-8")
    assert shape(hcl.parse_expression("a + b")) == "(a + b)"
    assert shape(hcl.parse_expression("a - b")) == "(a - b)"


def _install(folder: Path, monkeypatch: pytest.MonkeyPatch, grammar: str | None) -> None:
    package = folder / "hcl2"
    package.mkdir()
    (package / "__init__.py").touch()
    if grammar is not None:
        (package / "hcl2.lark").write_text(grammar, encoding="utf-8")
    monkeypatch.syspath_prepend(folder)
    monkeypatch.delitem(sys.modules, "hcl2", raising=False)


@pytest.mark.parametrize("grammar", [None, "start : body\nbody : (attribute | block)*\n"])
def test_the_fork_that_checkov_brings_is_told_from_python_hcl2(
    grammar: str | None, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _install(cache, monkeypatch, grammar)
    with pytest.raises(UsageError, match="bc-python-hcl2") as error:
        hcl.parse_expression("a")
    assert "pip install --force-reinstall 'python-hcl2" in str(error.value)


def test_without_python_hcl2_it_is_asked_for(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parser_table, "find_spec", lambda _name: None)
    with pytest.raises(UsageError, match="python-hcl2 is not installed"):
        hcl.parse_expression("a")
    assert list(cache.iterdir()) == []
