"""Whatever files, policies and people are called, and whatever is said of them: every format stays what it is."""

from __future__ import annotations

import json
from xml.etree.ElementTree import fromstring

from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from iamgen_rules.engine.report import Report, Silenced
from iamgen_rules.errors import Problem
from iamgen_rules.report import FORMATS
from iamgen_rules.rule import Edit, Fix, Line
from iamgen_rules.source import Place, Span
from iamgen_rules.subject import Who
from report.made import finding, principal, report

ANY = st.text(
    st.one_of(
        st.characters(), st.sampled_from("\x00\x1b\r\n\t\u2028\u202e\ud800\udc80\ufffe\U000e0001%:,<>&|`*_[]()#!~\\\"'")
    ),
    max_size=30,
)


@st.composite
def reports(draw: st.DrawFn) -> Report:
    """A report in which everything that comes from files is any text."""
    where = Place(draw(ANY), draw(ANY), draw(st.sampled_from([None, Span(0, 2, 1, 1, 1)])))
    who = Who("user", draw(ANY), draw(ANY), where, draw(ANY))
    fix = Fix(draw(ANY), where, (Edit(draw(ANY), 0, 1, draw(ANY)),))
    one = finding("IAM001", where, who, message=draw(ANY), reason=(Line(draw(ANY), where),), fix=fix, root=draw(ANY))
    silenced = finding("IAM011", where, who, suppressed=Silenced(draw(ANY), where), root=who.root)
    return report(
        [one, silenced],
        [principal(who, verdict="undecided", unknowns=[draw(ANY)])],
        errors=(Problem(where, draw(ANY)),),
        stale=(Problem(where, draw(ANY)),),
        uninstalled=(draw(ANY),),
        roots=(who.root, draw(ANY)),
        texts={where.document: draw(ANY)},
    )


@settings(max_examples=100)
@given(reports())
def test_every_format_stays_what_it_is(one: Report) -> None:
    said = {name: render(one) for name, render in FORMATS.items()}
    for name in ("text", "github", "markdown"):
        assert all(line.isprintable() for line in said[name].split("\n")), name
    for name in ("json", "sarif", "gitlab"):
        assert said[name].isascii(), name
    assert len(json.loads(said["json"])["findings"]) == 2
    assert len(json.loads(said["sarif"])["runs"][0]["results"]) == 1
    json.dumps(json.loads(said["sarif"]), ensure_ascii=False).encode()  # which no half of a surrogate pair would be
    assert len(json.loads(said["gitlab"])) == 2
    assert sum(case.find("failure") is not None for case in fromstring(said["junit"]).iter("testcase")) == 1
    assert [line.split(" ")[0] for line in said["github"].splitlines()[:-1]] == [
        "::error",
        "::error",
        "::warning",
        "::notice",
    ]
    assert markdown(said["markdown"]) == [
        "heading",
        "paragraph",
        "table",
        "html",
        "fence",
        "html",
        "html",
        "fence",
        "html",
    ]


def markdown(text: str) -> list[str]:
    """The blocks of the top level."""
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    return [token.type.split("_")[0] for token in tokens if token.level == 0 and not token.type.endswith("_close")]
