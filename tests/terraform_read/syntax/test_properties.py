"""What is written is what is read; nothing that can be typed breaks the reader."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial

from hypothesis import given, settings
from hypothesis import strategies as st

from iamgen_rules.terraform.hcl import parse_block, parse_body, parse_expression, parse_template
from iamgen_rules.terraform.index import index
from iamgen_rules.terraform.json_syntax import index_json
from iamgen_rules.terraform.json_syntax import parse_body as parse_json_body
from iamgen_rules.terraform.syntax import Extent
from iamgen_rules.terraform.syntax_error import HclSyntaxError

from .shapes import outline, shape
from .written import EXPRESSIONS, bodies

_EXAMPLES = int(os.environ.get("IAMGEN_FUZZ_EXAMPLES", "150"))

_PIECES = st.sampled_from([
    "a", "b ", "resource ", '"x" ', "{", "}", "{\n", "\n}\n", "[", "]", "(", ")", '"', "${", "%{", "~}", "}", "$", "%",
    "\\", "<<E\n", "<<-E\n", "\nE\n", "E", "\n", "\r\n", " ", "=", "==", "=>", ":", "::", "?", ",", ".", "*", "[*]",
    ".*", "...", "!", "-", "/", "/*", "*/", "//", "#", "for ", "in ", "if ", "else", "endif", "endfor", "1", "2.5",
    "true", "é", "\u0301", "\ufeff", "\0", "\\u00", "😀", "\u00a0", "\r", "\t", "null", "'", "&&", "|", "<",
])  # fmt: skip
_TEXTS = st.lists(_PIECES, max_size=25).map("".join) | st.text(max_size=40)


_JSON = st.lists(
    st.sampled_from(["{", "}", '"a"', ":", ",", "[", "]", "1", "null", " ", '"${', '}"', '"locals"', "\\u00e9"])
).map("".join)


def _is_read_or_refused(read: Callable[[str], object], text: str) -> bool:
    """Refused, then, with a place in the text."""
    try:
        read(text)
    except HclSyntaxError as error:
        return 0 <= error.place.start <= error.place.end <= len(text)
    return True


@settings(max_examples=_EXAMPLES)
@given(EXPRESSIONS)
def test_an_expression_is_read_as_it_is_written(written: tuple[str, str]) -> None:
    text, meaning = written
    node = parse_expression(text)
    assert shape(node) == meaning
    assert 0 <= node.extent.start < node.extent.end <= len(text)


@settings(max_examples=_EXAMPLES)
@given(EXPRESSIONS, st.integers(0, 5))
def test_positions_move_with_the_text(written: tuple[str, str], offset: int) -> None:
    text, _ = written
    before = parse_expression(text).extent
    after = parse_expression(" " * offset + text + "???", Extent(offset, offset + len(text))).extent
    assert (after.start, after.end) == (before.start + offset, before.end + offset)


@settings(max_examples=_EXAMPLES)
@given(st.lists(bodies(), max_size=3), st.sampled_from(["", "\ufeff", "# {\n", "\r\n/* } */ "]))
def test_the_blocks_of_a_file_are_found_and_read(written: list[tuple[str, str]], start: str) -> None:
    blocks = [f'resource "r" b{number} {{{text}}}' for number, (text, _) in enumerate(written)]
    file = start + " # }\n".join(blocks)
    found = index(file)
    assert found.problems == ()
    assert [file[block.extent.start : block.extent.end] for block in found.blocks] == blocks
    assert [outline(parse_body(file, block.body)) for block in found.blocks] == [shown for _, shown in written]
    assert [block.extent for block in parse_body(file).blocks] == [block.extent for block in found.blocks]


@settings(max_examples=2 * _EXAMPLES)
@given(_TEXTS)
def test_any_text_is_read_or_refused(text: str) -> None:
    for read in (parse_expression, parse_template, parse_body):
        assert _is_read_or_refused(read, text)


@settings(max_examples=2 * _EXAMPLES)
@given(_TEXTS)
def test_whatever_the_index_takes_for_a_block_the_parser_sees_as_the_same_block(text: str) -> None:
    for entry in index(text).blocks:
        try:
            block = parse_block(text, entry.extent)
        except HclSyntaxError:
            continue
        assert (block.type, block.labels, block.body.extent) == (entry.type, entry.labels, entry.body)


@settings(max_examples=_EXAMPLES)
@given(_TEXTS)
def test_a_text_that_parses_as_a_body_has_the_blocks_of_the_index(text: str) -> None:
    try:
        body = parse_body(text)
    except HclSyntaxError:
        return
    if not body.arguments:
        found = index(text)
        assert found.problems == ()
        assert [block.extent for block in found.blocks] == [block.extent for block in body.blocks]


@settings(max_examples=_EXAMPLES)
@given(_JSON)
def test_any_json_is_read_or_refused(text: str) -> None:
    for block in index_json(text).blocks:
        assert _is_read_or_refused(partial(parse_json_body, extent=block.body), text)
