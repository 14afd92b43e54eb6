"""HCL from templates is indented and aligned as `terraform fmt` would; tests/terraform asks `fmt` itself."""

from __future__ import annotations

import pytest

from iamgen.layout import layout

CASES = {
    "blocks are indented": (
        'a "b" {\nc {\nd = 1\n}\n}',
        'a "b" {\n  c {\n    d = 1\n  }\n}\n',
    ),
    "neighbours align": ("x = 1\nlonger   = 2\n", "x      = 1\nlonger = 2\n"),
    "a blank line ends the alignment": ("x = 1\n\nlonger = 2\n", "x = 1\n\nlonger = 2\n"),
    "what goes on below does not align": (
        "x = 1\nlonger   = [\n1,\n]\ny = 2\n",
        "x = 1\nlonger = [\n  1,\n]\ny = 2\n",
    ),
    "blank lines do not pile up": ("\n\na = 1\n\n\n\nb = 2\n\n\n", "a = 1\n\nb = 2\n"),
    "signs in strings and comments are text": (
        'a = "= { [ ("\nbcd = "${f("}")}" # {\ne = 1\n',
        'a   = "= { [ ("\nbcd = "${f("}")}" # {\ne   = 1\n',
    ),
    "escaped templates are text": ('a = "$${"\nbc = "%%{"\n', 'a  = "$${"\nbc = "%%{"\n'),
    "escaped quotes do not end a string": ('a = "\\"{"\nbc = 1\n', 'a  = "\\"{"\nbc = 1\n'),
    "comparisons and arrows are no assignments": (
        "x = {\nfor k in y :\nk => k\nif k == 1 && k != 2 && k >= 3\n}\n",
        "x = {\n  for k in y :\n  k => k\n  if k == 1 && k != 2 && k >= 3\n}\n",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_layout(case: str) -> None:
    given, expected = CASES[case]
    assert layout(given) == expected
    assert layout(expected) == expected
