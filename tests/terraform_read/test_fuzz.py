"""Texts that nobody would write, up to their values: read and evaluated or refused, within the bounds of a root.

IAMGEN_FUZZ_EXAMPLES=20000 tries more.
"""

from __future__ import annotations

import os
from contextlib import suppress

from hypothesis import given, settings
from hypothesis import strategies as st

from iamgen_rules.terraform.evaluation_error import EvaluationError
from iamgen_rules.terraform.index import index
from iamgen_rules.terraform.limits import MOST_STEPS
from iamgen_rules.terraform.syntax_error import HclSyntaxError

from .generated import Generator
from .surroundings import Surroundings, value_of

EXAMPLES = int(os.environ.get("IAMGEN_FUZZ_EXAMPLES", "150"))
PIECES = st.sampled_from(
    ["", "[*]", ".a", "[0]", "...", "?", ":", "!", "-", "${", "}", '"', "%{ if true }", "null", "for", "1e9", "(", ")"]
)


@st.composite
def spoilt(draw: st.DrawFn) -> str:
    """An expression of which a part is taken out, said again, or replaced."""
    text = Generator(draw(st.integers(0, 2**32))).expression()
    for _ in range(draw(st.integers(0, 3))):
        start, end = sorted((draw(st.integers(0, len(text))), draw(st.integers(0, len(text)))))
        inside = draw(st.sampled_from(["", text[start:end] * 2])) + draw(PIECES)
        text = text[:start] + inside + text[end:]
    return text


@settings(max_examples=EXAMPLES)
@given(spoilt())
def test_any_expression_has_a_value_or_is_refused(text: str) -> None:
    surroundings = Surroundings()
    with suppress(EvaluationError, HclSyntaxError):
        assert value_of(text, surroundings).size >= 1
    assert surroundings.meter.steps <= MOST_STEPS


@settings(max_examples=EXAMPLES)
@given(st.lists(spoilt(), max_size=3))
def test_any_file_is_split_into_blocks_that_lie_in_it(expressions: list[str]) -> None:
    text = "".join(f'resource "r" "b" {{\n  a = {one}\n}}\n' for one in expressions)
    found = index(text)
    assert all(0 <= block.extent.start < block.extent.end <= len(text) for block in found.blocks)
    ends = [place for block in found.blocks for place in (block.extent.start, block.extent.end)]
    assert found.problems or ends == sorted(ends)
