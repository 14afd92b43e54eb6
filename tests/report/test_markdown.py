"""The Markdown form, read by a parser: its table, its folded reasons, and nothing from a file that becomes markup."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from iamgen_rules.engine.report import Report
from iamgen_rules.report import FORMATS
from iamgen_rules.report.links import rule_page
from iamgen_rules.rule import Line
from report.made import ALICE, HOSTILE, REPORTS, at, finding, report, who

_OURS = {"<code>", "</code>"}
_BLOCKS = re.compile(r"<details>\n<summary>[^<>\n]*</summary>\n|</details>\n?")


def tokens(one: Report) -> list[Token]:
    """GitHub's Markdown, as far as tables go."""
    return MarkdownIt("commonmark").enable("table").parse(FORMATS["markdown"](one))


def inline(one: Report) -> Iterator[Token]:
    for token in tokens(one):
        yield from token.children or ()


def rows(one: Report) -> list[list[str]]:
    """The table, as text."""
    found: list[list[str]] = []
    for token in tokens(one):
        if token.type == "tr_open":
            found.append([])
        elif token.type == "inline" and token.level == 4:
            found[-1].append("".join(part.content for part in token.children or () if part.content not in _OURS))
    return found


def fences(one: Report) -> list[str]:
    return [token.content for token in tokens(one) if token.type == "fence"]


def test_the_table_of_findings() -> None:
    assert rows(REPORTS["example"]) == [
        ["severity", "rule", "where", "what", "who"],
        [
            "critical",
            "IAM004",
            "mfa.tf:8:7",
            "the MFA condition misses access keys: 2 administrators act without MFA",
            "alice, bob",
        ],
    ]


def test_a_rule_is_a_link_to_its_page() -> None:
    links = [token.attrs["href"] for token in inline(REPORTS["example"]) if token.type == "link_open"]
    assert links == [rule_page("mfa-condition-misses-sessions")]


def test_the_reason_is_folded_and_as_in_the_text_form() -> None:
    block, _, _ = FORMATS["text"](REPORTS["example"]).partition("\n\n")
    assert fences(REPORTS["example"]) == [f"{block}\n"]


def test_the_summary_is_there_and_what_is_said_beside() -> None:
    text = unescape(FORMATS["markdown"](REPORTS["errors"]))
    assert "\n1 finding (1 critical). 2 principals: 1 ungated, 1 undecided (var.a, var.b). 2 files.\n" in text
    assert fences(REPORTS["errors"])[-1].startswith(
        "bad.tf:3:7: error  a syntax error\ngone.tf: error  cannot be read\n"
    )


@pytest.mark.parametrize("name", ["suppressed", "baseline", "nothing found", "no principals"])
def test_where_nothing_counts_there_is_no_table(name: str) -> None:
    assert rows(REPORTS[name]) == []
    assert [token.type for token in tokens(REPORTS[name])].count("heading_open") == 1


@pytest.mark.parametrize("name", REPORTS)
def test_nothing_but_ours_is_markup(name: str) -> None:
    allowed = {"text", "softbreak", "html_inline", "link_open", "link_close", "text_special"}
    found = list(inline(REPORTS[name]))
    assert {token.type for token in found} <= allowed
    assert {token.content for token in found if token.type == "html_inline"} <= _OURS
    assert all(str(one.attrs["href"]).startswith("https://github.com/") for one in found if one.type == "link_open")
    blocks = [token.content for token in tokens(REPORTS[name]) if token.type == "html_block"]
    assert all(_BLOCKS.fullmatch(block) for block in blocks)
    assert blocks.count("</details>") + blocks.count("</details>\n") == len(fences(REPORTS[name])) == len(blocks) / 2


def test_hostile_text_is_shown_as_it_is() -> None:
    shown = HOSTILE.encode("unicode_escape").decode("ascii")
    (_, row) = rows(REPORTS["hostile"])
    assert row[2:4] == [f"{shown}:1:1", shown]


def test_no_run_of_backticks_ends_a_fence() -> None:
    one = report([finding("IAM001", at("a.tf", 1), ALICE, reason=(Line("```` x"), Line("<b>")))])
    (fence,) = fences(one)
    assert "   ```` x\n" in fence


def test_a_comment_s_bound_is_kept_by_leaving_out_and_saying_so() -> None:
    users = [who(f"user{number}", at("users.tf", number + 1)) for number in range(300)]
    reason = tuple(Line(f"line {number} of a reason") for number in range(10))
    found = [finding("IAM001", at("grants.tf", n + 1), *users[n:], reason=reason) for n in range(300)]
    text = FORMATS["markdown"](report(found))
    assert len(text.encode()) < 65536
    assert len(rows(report(found))) == 61
    assert "\nAnd 240 more: `iamgen lint` shows them all.\n" in text
    assert " and 294 more |" in text
