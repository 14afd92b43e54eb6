"""What holds for every format: it is found by its name, it ends, it is the same again, and it has no colour."""

from __future__ import annotations

import subprocess
import sys

import pytest

from iamgen_rules.report import FORMATS
from report.made import REPORTS

_LOADED = (
    "import sys, iamgen_rules.report; print([name for name in sys.modules if name.startswith('iamgen_rules.report.')])"
)


def test_the_formats_in_the_order_in_which_they_are_offered() -> None:
    assert list(FORMATS) == ["text", "json"]
    assert "html" not in FORMATS
    with pytest.raises(KeyError, match="html"):
        FORMATS["html"]


def test_a_format_is_loaded_when_it_is_asked_for() -> None:
    done = subprocess.run([sys.executable, "-c", _LOADED], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


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
