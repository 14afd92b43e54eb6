"""Comments are found where the reader sees them, and nothing else is taken for one."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iamgen_rules.terraform.native.layout import Layout, layout
from iamgen_rules.terraform.native.lexer import body_tokens
from iamgen_rules.terraform.syntax import Extent

from .texts import REFUSED, TAKEN
from .written import bodies

_PIECES = st.sampled_from([
    "a", '"', "{", "}", "[", "]", "(", ")", "${", "%{", "\\", "<<E\n", "<<-E\n", "\nE\n", "E", "\n", "\r\n", " ", "=",
    "/", "/*", "*/", "//", "#", "é", "\ufeff", "<", "$",
])  # fmt: skip
_TEXTS = st.lists(_PIECES, max_size=25).map("".join) | st.sampled_from([*TAKEN.values(), *REFUSED.values()])


def without_comments(text: str, found: Layout) -> str:
    """The text with white space in place of its comments."""
    for comment in found.comments:
        text = text[: comment.start] + " " * (comment.end - comment.start) + text[comment.end :]
    return text


@settings(max_examples=150)
@given(bodies())
def test_comments_are_what_means_nothing(written: tuple[str, str]) -> None:
    text, _ = written
    blank = without_comments(text, layout(text))
    whole = Extent(0, len(text))
    tokens = body_tokens(blank, whole)
    assert [(one.type, one.text) for one in tokens] == [(one.type, one.text) for one in body_tokens(text, whole)]
    gaps = [blank[one.end : other.start] for one, other in pairwise(tokens)]
    assert [gap for gap in gaps if re.search("#|//|/[*]", gap)] == []
    assert layout(blank).comments == ()


@settings(max_examples=300)
@given(_TEXTS)
def test_of_any_text_there_is_a_layout(text: str) -> None:
    comments, enclosed = layout(text)
    assert all(text[one.start] in "#/" and one.end <= len(text) for one in comments)
    assert all(one.end <= other.start for one, other in pairwise(comments))
    assert all(one.start < one.end <= len(text) for one in enclosed)
    assert all(text[one.start] in '{[("<$%' for one in enclosed)


@pytest.mark.parametrize(
    ("text", "comments", "enclosed"),
    [
        ("", [], []),
        ("a = 1 # b", ["# b"], []),
        ("a = 1 // b\n/* c\n */ d = [ # e\n]\n", ["// b", "/* c\n */", "# e"], ["[ # e\n]"]),
        ('a = "# ${"#"} # ${b /* c */}" # d\n', ["/* c */", "# d"], ['"# ${"#"} # ${b /* c */}"']),
        ("a = <<E\n# ${b # c\n} E\nE\n# d\n", ["# c", "# d"], ["<<E\n# ${b # c\n} E\nE"]),
        ('a = "b\n# c\n"d" # e\n', ["# c", "# e"], ['"d"']),
        ("a = }])\n# b\n", ["# b"], []),
        ("a = {\n# b\n", ["# b"], []),
        ("a = <<E\n# b\n", [], []),
        ("# a\nb = 1 /* c\n# d\n", ["# a"], []),
        ("a = 4 / 2 # b\nc = 1 < 2 # d\n", ["# b", "# d"], []),
    ],
)
def test_comments_and_what_encloses(text: str, comments: list[str], enclosed: list[str]) -> None:
    found = layout(text)
    assert [text[one.start : one.end] for one in found.comments] == comments
    assert set(enclosed) <= {text[one.start : one.end] for one in found.enclosed}
