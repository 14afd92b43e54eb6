"""The SARIF form: valid for the tool of the standard, with what GitHub wants; its edits do what the fix says."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from iamgen_rules.report import FORMATS
from iamgen_rules.report.links import PROJECT
from iamgen_rules.report.sarif_places import artifact
from iamgen_rules.rule import Edit, Fix, Line
from needs import need
from report.made import ALICE, BOB, EXAMPLE, GATE, REPORTS, RULES, at, finding, place, report

ROOT = Path(__file__).resolve().parent.parent.parent

# It would ask the network for every address.
_NOT_HERE = {"SARIF2006.UrisShouldBeReachable.Options": {"RuleEnabled": "Disabled"}}


def run(name: str) -> dict[str, Any]:
    """The run of a report."""
    found: dict[str, Any] = only(json.loads(FORMATS["sarif"](REPORTS[name]))["runs"])
    return found


def only(found: Any) -> Any:
    assert len(found) == 1
    return found[0]


def test_the_tool_of_the_standard_finds_nothing_wrong_with_github_s_rules_too(tmp_path: Path) -> None:
    packages = Path(need("sarif")).parent / "node_modules" / "@microsoft"
    program = only(list(packages.glob("sarif-multitool-*/Sarif.Multitool")))
    (tmp_path / "rules.json").write_text(json.dumps(_NOT_HERE), encoding="utf-8")
    (tmp_path / "bad.sarif").write_text('{"version": "2.1.0", "runs": [{"tool": {}}]}', encoding="utf-8")
    logs = [json.loads(FORMATS["sarif"](one)) for one in REPORTS.values()]
    whole = {**logs[0], "runs": [one["runs"][0] for one in logs]}
    (tmp_path / "all.sarif").write_text(json.dumps(whole), encoding="utf-8")
    files = sorted(tmp_path.glob("*.sarif"))
    wanted = ["--rule-kind", "Sarif;Ghas", "--level", "Error;Warning", "--config", str(tmp_path / "rules.json")]
    command = [str(program), "validate", *map(str, files), *wanted, "--output", str(tmp_path / "said.json")]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert f"{len(files)} files scanned" in done.stdout, done.stdout + done.stderr
    results = only(json.loads((tmp_path / "said.json").read_text(encoding="utf-8-sig"))["runs"])["results"]
    places = [one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for one in results]
    assert {Path(where).name for where in places} == {"bad.sarif"}, done.stdout


def test_a_result_in_full() -> None:
    result = only(run("example")["results"])
    assert (result["ruleId"], result["ruleIndex"], result["level"]) == ("IAM004", 1, "error")
    assert result["message"]["text"].splitlines() == [
        "The MFA condition misses access keys: 2 administrators act without MFA.",
        *(line.text for line in EXAMPLE.reason),
        "Fix: use BoolIfExists.",
    ]
    where = only(result["locations"])["physicalLocation"]
    assert where["artifactLocation"] == {"uri": "mfa.tf", "uriBaseId": "%SRCROOT%"}
    assert where["region"] == {
        "startLine": 8,
        "startColumn": 7,
        "endLine": 8,
        "endColumn": 24,
        "snippet": {"text": 'test     = "Bool"'},
    }
    assert result["partialFingerprints"] == {"iamgen/v1": EXAMPLE.fingerprint}
    assert result["properties"] == {"severity": "critical", "principals": ["aws_iam_user.alice", "aws_iam_user.bob"]}


def test_the_reason_is_a_code_flow_and_the_principals_are_related() -> None:
    result = only(run("example")["results"])
    flow = [one["location"] for one in only(only(result["codeFlows"])["threadFlows"])["locations"]]
    assert [one["message"]["text"] for one in flow] == [line.text for line in EXAMPLE.reason]
    assert [
        (one["physicalLocation"]["artifactLocation"]["uri"], one["physicalLocation"]["region"]["startLine"])
        for one in flow
    ] == [("groups.tf", 4), ("groups.tf", 20), ("mfa.tf", 3)]
    assert [(one["id"], one["message"]["text"]) for one in result["relatedLocations"]] == [(1, "alice"), (2, "bob")]


def test_a_line_of_the_reason_that_stands_nowhere_is_shown_at_the_finding() -> None:
    one = report([finding("IAM001", at("a.tf", 7), ALICE, reason=(Line("because"),))])
    result = json.loads(FORMATS["sarif"](one))["runs"][0]["results"][0]
    step = result["codeFlows"][0]["threadFlows"][0]["locations"][0]["location"]
    assert step["physicalLocation"]["region"]["startLine"] == 7


def test_an_edit_by_lines_and_by_offset_is_the_same_edit() -> None:
    change = only(only(only(run("example")["results"])["fixes"])["artifactChanges"])
    edit = only(change["replacements"])
    region, new = edit["deletedRegion"], edit["insertedContent"]["text"]
    lines = GATE.splitlines()
    line = lines[region["startLine"] - 1]
    lines[region["startLine"] - 1] = line[: region["startColumn"] - 1] + new + line[region["endColumn"] - 1 :]
    by_offset = GATE[: region["charOffset"]] + new + GATE[region["charOffset"] + region["charLength"] :]
    assert change["artifactLocation"]["uri"] == "mfa.tf"
    assert region["startLine"] == region["endLine"]
    assert "\n".join(lines) + "\n" == by_offset == GATE.replace('"Bool"', '"BoolIfExists"')


def test_edits_of_several_files_are_changes_of_each() -> None:
    edits = (Edit("b.tf", 4, 5, "x"), Edit("a.tf", 0, 0, "y"), Edit("b.tf", 1, 2, "z"))
    one = report([finding("IAM001", at("a.tf", 1), ALICE, fix=Fix("do", at("a.tf", 1), edits))])
    changes = json.loads(FORMATS["sarif"](one))["runs"][0]["results"][0]["fixes"][0]["artifactChanges"]
    assert [(one["artifactLocation"]["uri"], len(one["replacements"])) for one in changes] == [("a.tf", 1), ("b.tf", 2)]


def test_a_fix_without_edits_is_told_and_no_fix_of_sarif_s() -> None:
    one = report([finding("IAM001", at("a.tf", 1), ALICE, fix=Fix("attach the gate", at("a.tf", 1)))])
    result = json.loads(FORMATS["sarif"](one))["runs"][0]["results"][0]
    assert "fixes" not in result
    assert result["message"]["text"].endswith("\nFix: attach the gate.")


@pytest.mark.parametrize("name", ["suppressed", "baseline"])
def test_what_does_not_count_is_no_result(name: str) -> None:
    assert run(name)["results"] == []


def test_rules_have_their_pages_and_github_s_severities() -> None:
    rules = run("example")["tool"]["driver"]["rules"]
    assert [one["id"] for one in rules] == list(RULES)
    assert [(one["defaultConfiguration"]["level"], one["properties"]["security-severity"]) for one in rules] == [
        ("error", "9.5"),
        ("error", "8.0"),
        ("note", "2.0"),
        ("warning", "5.5"),
    ]
    assert rules[1]["name"] == "MfaConditionMissesSessions"
    assert rules[1]["shortDescription"]["text"] == "An MFA condition lets sessions through."
    assert rules[1]["help"]["markdown"].startswith("# IAM004 mfa-condition-misses-sessions\n")
    assert rules[1]["helpUri"] == f"{PROJECT}/blob/main/docs/rules/mfa-condition-misses-sessions.md"


def test_the_project_is_where_its_metadata_say() -> None:
    assert f"\nurl = {PROJECT}\n" in (ROOT / "setup.cfg").read_text(encoding="utf-8")


def test_what_could_not_be_read_or_judged_is_notified() -> None:
    invocation = only(run("errors")["invocations"])
    assert invocation["executionSuccessful"] is False
    assert [(one["level"], one["message"]["text"]) for one in invocation["toolExecutionNotifications"]] == [
        ("error", "a syntax error"),
        ("error", "cannot be read"),
        ("warning", "module git::https://example.com/iam.git is not installed: terraform get"),
    ]
    assert [one["message"]["text"] for one in invocation["toolConfigurationNotifications"]] == ["suppresses nothing"]
    assert only(run("broken")["invocations"])["executionSuccessful"] is False
    assert only(run("example")["invocations"])["executionSuccessful"] is True


def test_what_has_no_line_is_shown_in_the_first_of_its_file_and_what_stands_nowhere_in_its_root() -> None:
    plan, nowhere = run("null places")["results"]
    assert plan["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "plan.json"
    assert plan["locations"][0]["logicalLocations"][0]["fullyQualifiedName"] == "aws_iam_user.x"
    assert plan["locations"][0]["physicalLocation"]["region"]["startLine"] == 1
    assert nowhere["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "."


@pytest.mark.parametrize(
    ("document", "uri", "relative"),
    [
        ("a/b c.tf", "a/b%20c.tf", True),
        ("a:b.tf", "a%3Ab.tf", True),
        ("../x.tf", "../x.tf", False),
        ("/elsewhere/x.tf", f"file:{'//'}/elsewhere/x.tf", False),
        ("arn:aws:iam::aws:policy/AdministratorAccess", "arn:aws:iam::aws:policy/AdministratorAccess", False),
        ("é%.tf", "%C3%A9%25.tf", True),
    ],
)
def test_paths_are_uris(document: str, uri: str, relative: bool) -> None:
    assert artifact(document) == {"uri": uri} | ({"uriBaseId": "%SRCROOT%"} if relative else {})


def test_no_text_becomes_a_link() -> None:
    one = report([finding("IAM001", place("users.tf", "bob"), BOB, message="x[a](b)")])
    assert "](" not in json.loads(FORMATS["sarif"](one))["runs"][0]["results"][0]["message"]["text"]
