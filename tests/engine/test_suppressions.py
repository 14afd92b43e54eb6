"""Comments that silence a rule: what they are about, and what is wrong with them.

In the texts `@` stands before the place of a finding of IAM004 about alice, who is declared in another file.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.made import TODAY, at, found_in, report, violation, who
from iamgen_rules.engine.report import Report

OK = "# iamgen: ignore[IAM004] a test account"
SILENCED = {
    "above the block": f'{OK}\n@resource "aws_iam_policy" "gate" {{\n}}\n',
    "on the block's first line": f'@resource "aws_iam_policy" "gate" {{ {OK}\n}}\n',
    "above the block that holds it": f'{OK}\ndata "a" "b" {{\n  statement {{\n    @condition {{\n    }}\n  }}\n}}\n',
    "above a nested block": f'data "a" "b" {{\n  {OK}\n  statement {{\n    @condition {{\n    }}\n  }}\n}}\n',
    "on a nested block's line": f'data "a" "b" {{\n  statement {{ {OK}\n    @condition {{\n    }}\n  }}\n}}\n',
    "on the line": f'data "a" "b" {{\n  @test = "Bool" {OK}\n}}\n',
    "above the line": f'data "a" "b" {{\n  {OK}\n  @test = "Bool"\n}}\n',
    "above an element": f"a = [\n  {OK}\n  {{\n    Condition = {{ @Bool = 1 }}\n  }},\n]\n",
    "above an element after another": f"a = [{{\n  }}, {{ {OK}\n    @Bool = 1\n  }},\n]\n",
    "above a call that goes on": f"{OK}\na = jsonencode({{\n  b = [\n    @1]\n}})\n",
    "above a heredoc": f'{OK}\na = <<-EOF\n  {{ "@Bool": "x" }}\n  EOF\n',
    "above other comments": f"{OK}\n# more about it\n// and more\n/* and\n more */\n@a = 1\n",
    "below other comments": f"# why\n{OK}\n@a = 1\n",
    "with //": "// iamgen: ignore[IAM004] a test account\n@a = 1\n",
    "with /* */": "/* iamgen: ignore[IAM004] a test account */\n@a = 1\n",
    "with /* */ on the line": "@a = 1 /* iamgen: ignore[IAM004] a test account */\n",
    "with /* */ before the code": "/* iamgen: ignore[IAM004] a test account */ @a = 1\n",
    "in a line of a long comment": "/*\n * iamgen: ignore[IAM004] a test account\n */\n@a = 1\n",
    "with several codes": "# iamgen: ignore[IAM001, IAM004] a test account\n@a = 1\n",
    "until today": f"# iamgen: ignore[IAM004] until={TODAY} a test account\n@a = 1\n",
    "with CRLF": f"{OK}\r\n@a = 1\r\n",
    "behind a byte order mark": f"\ufeff{OK}\n@a = 1\n",
    "without white space": "#iamgen:ignore[IAM004]a test account\n@a = 1\n",
    "at the end of the file": f"@a = 1 {OK}",
    "behind a string with a #": f'a = "# ${{"#"}}"\n{OK}\n@b = 1\n',
    "behind a heredoc with a brace": f"a = <<EOF\n{{\nEOF\n{OK}\n@b = 1\n",
    "behind a string that is not closed": f'a = "x\n{OK}\n@b = 1\n',
}
OPEN = {
    "above an empty line": f"{OK}\n\n@a = 1\n",
    "on another line of the block": f'@data "a" "b" {{\n  c = 1 {OK}\n}}\n',
    "above another line of the block": f'@data "a" "b" {{\n  {OK}\n  c = 1\n}}\n',
    "on the closing brace": f'@data "a" "b" {{\n}} {OK}\n',
    "above a block that ended": f'{OK}\ndata "a" "b" {{\n}}\n@a = 1\n',
    "above an element before": f"a = [\n  {OK}\n  {{ b = 1 }},\n  {{ @c = 1 }},\n]\n",
    "below": f"@a = 1\n{OK}\n",
    "for another rule": "# iamgen: ignore[IAM001] a test account\n@a = 1\n",
}
NO_COMMENT = {
    "in a string": '@a = "\\" # iamgen: ignore[IAM004] a test account"\n',
    "in a heredoc": "@a = <<EOF\n# iamgen: ignore[IAM004] a test account\nEOF\n",
    "in an indented heredoc": "@a = <<-EOF\n  ${b}\n  # iamgen: ignore[IAM004] a test account\n  EOF\n",
    "in a sentence": "# see iamgen: ignore[IAM004]\n@a = 1\n",
    "of checkov": "@a = 1 #checkov:skip=CKV_AWS_1: no iamgen: here\n",
}
WRONG = {
    "# iamgen: ignore[IAM004]": "a reason is missing",
    "# iamgen: ignore[IAM004] --": "a reason is missing",
    "# iamgen: ignore[IAM004] until=2027-01-31": "a reason is missing",
    "# iamgen: ignore[IAM04] why": "there is no rule 'IAM04'; did you mean IAM004 or IAM014?",
    "# iamgen: ignore[mfa-condition-misses-sessions] why": "did you mean IAM004?",
    "# iamgen: ignore[iam004] why": "did you mean IAM004?",
    "# iamgen: ignore[XYZ] why": "there is no rule 'XYZ'",
    "# iamgen: ignore[] why": "no rule is named",
    "# iamgen: ignore why": "this is not understood",
    "# iamgen: ignore[IAM004 why": "this is not understood",
    "# iamgen: skip[IAM004] why": "this is not understood",
    "# iamgen: ignore[IAM004] until=tomorrow why": "until=tomorrow is no date",
    "# iamgen: ignore[IAM004] until=2027-02-30 why": "until=2027-02-30 is no date",
    "# iamgen: ignore[IAM004] until=20270131 why": "until=20270131 is no date",
    "# iamgen: ignore[IAM004] why until=2027-01-31": "until= comes before the reason",
}


def linted(marked: str, document: str = "main.tf") -> Report:
    """The report on a text with the place of the finding marked."""
    text = marked.replace("@", "", 1)
    start = marked.index("@")
    place = found_in(text[:start] + "@" + text[start:], "@", document)
    return report({"IAM004": [violation(place, who("alice"))]}, {document: text})


@pytest.mark.parametrize("text", SILENCED.values(), ids=SILENCED)
def test_a_comment_silences(text: str) -> None:
    found = linted(text)
    (finding,) = found.findings
    assert finding.suppressed is not None
    assert finding.suppressed.reason == "a test account"
    assert finding.principals == (who("alice"),)
    assert not finding.counts
    assert found.errors == ()
    assert [problem.message for problem in found.stale if "IAM004" in problem.message] == []


@pytest.mark.parametrize("text", OPEN.values(), ids=OPEN)
def test_a_comment_about_something_else_silences_nothing_and_is_told(text: str) -> None:
    found = linted(text)
    assert [finding.counts for finding in found.findings] == [True]
    (stale,) = found.stale
    assert stale.message.endswith("silences nothing")
    assert stale.place.span is not None
    assert text.replace("@", "")[stale.place.span.start :].startswith("iamgen: ignore[")


@pytest.mark.parametrize("text", NO_COMMENT.values(), ids=NO_COMMENT)
def test_what_is_no_comment_of_ours_is_nothing(text: str) -> None:
    found = linted(text)
    assert [finding.counts for finding in found.findings] == [True]
    assert (found.errors, found.stale) == ((), ())


@pytest.mark.parametrize("document", ["main.tf", "a/b.tofu", "prod.tfvars", "my.terraform/main.tf"])
def test_what_is_written_in_the_language_of_terraform_has_comments(document: str) -> None:
    found = linted(f"{OK}\n@a = 1\n", document)
    assert [finding.counts for finding in found.findings] == [False]


@pytest.mark.parametrize(
    "document",
    ["policy.json", "main.tf.json", "policy.tftpl", ".terraform/modules/a/main.tf", "b/.terraform/modules/a/main.tf"],
)
def test_what_is_not_or_is_of_somebody_else_has_none(document: str) -> None:
    found = linted(f"{OK}\n@a = 1\n", document)
    assert [finding.counts for finding in found.findings] == [True]
    assert (found.errors, found.stale) == ((), ())


@pytest.mark.parametrize(("comment", "message"), WRONG.items(), ids=WRONG)
def test_a_comment_that_is_wrong_is_an_error_and_has_no_effect(comment: str, message: str) -> None:
    found = linted(f"a = 1\n  {comment}\n  @b = 1\n")
    assert [finding.counts for finding in found.findings] == [True]
    (error,) = found.errors
    assert message in error.message
    assert str(error.place) == "main.tf:2:5"
    assert found.stale == ()


def test_what_is_right_beside_what_is_wrong_has_effect() -> None:
    found = linted("# iamgen: ignore[IAM004, IAM0x4] why\n@a = 1\n")
    assert [finding.counts for finding in found.findings] == [False]
    assert len(found.errors) == 1


def test_after_its_last_day_it_silences_nothing_and_is_told() -> None:
    found = linted("# iamgen: ignore[IAM004] until=2026-11-24 why\n@a = 1\n")
    assert [finding.counts for finding in found.findings] == [True]
    assert [problem.message for problem in found.stale] == ["ignore[IAM004] ended on 2026-11-24"]
    assert found.errors == ()


def test_what_silences_nothing_is_told_only_where_its_rule_ran() -> None:
    text = "# iamgen: ignore[IAM004] why\na = 1\n"
    assert len(report({}, {"main.tf": text}).stale) == 1
    assert report({}, {"main.tf": text}, select=["IAM001"]).stale == ()


def test_of_several_codes_each_has_to_silence_something() -> None:
    found = linted("# iamgen: ignore[IAM001,IAM004] why\n@a = 1\n")
    assert [problem.message for problem in found.stale] == ["ignore[IAM001] silences nothing"]


def test_a_place_without_text_is_silenced_by_no_comment() -> None:
    place = at("main.tf", 0)
    said = {"IAM004": [violation(type(place)("main.tf", "aws_iam_policy.gate"))]}
    found = report(said, {"main.tf": f"{OK}\na = 1\n"})
    assert [finding.counts for finding in found.findings] == [True]


def test_the_order_in_which_files_are_read_changes_nothing() -> None:
    texts = {f"{name}.tf": f"{OK}\na = 1\n# iamgen: ignore[X] {name}\nb = 1\n" for name in "cab"}
    said = {"IAM004": [violation(found_in(texts[name], "a = 1", name), who("alice")) for name in ("a.tf", "c.tf")]}
    found = report(said, texts)
    assert [problem.place.document for problem in found.errors] == ["a.tf", "b.tf", "c.tf"]
    assert [problem.place.document for problem in found.stale] == ["b.tf"]
    backwards = report(said, dict(reversed(list(texts.items()))))
    assert repr(replace(found, rules={})) == repr(replace(backwards, rules={}))
