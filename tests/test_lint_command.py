"""`iamgen lint` and `iamgen rule`: options, exit codes, and what goes where."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import chdir
from pathlib import Path
from typing import Any

import pytest

from iamgen.cli import boundary
from iamgen.cli.main import iamgen
from iamgen.cli.waiting import Waiting
from iamgen_rules.checks import rules
from iamgen_rules.pages import page
from iamgen_rules.roots import accounts
from iamgen_rules.roots.target import Target
from iamgen_rules.rule import Rule, Violation
from iamgen_rules.subject import Subject
from lint_cases import administrator, gated, plant

OPEN = administrator("alice")
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command line in a folder with these files: exit code, standard output, standard error."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / ".cache"))

    def command(*args: str, files: Mapping[str, str] | None = None) -> tuple[int, str, str]:
        plant(tmp_path, files or {})
        with chdir(tmp_path):
            code = boundary.run(iamgen, args)
        out, err = capsys.readouterr()
        return code, out, err

    return command


# --- exit codes

ALMOST = 'module "m" {\n  source = "acme/m/aws"\n}\n'


@pytest.mark.parametrize(
    ("args", "files", "code", "told"),
    [
        pytest.param([], {"main.tf": OPEN}, 1, "", id="findings"),
        pytest.param([], {"main.tf": gated("alice")}, 0, "1 root module in", id="clean"),
        pytest.param(["--fail-on", "never"], {"main.tf": OPEN}, 0, "", id="never"),
        pytest.param(["--select", "IAM004"], {"main.tf": OPEN}, 0, "", id="select"),
        pytest.param(["--ignore", "IAM004,IAM001"], {"main.tf": OPEN}, 0, "", id="ignore"),
        pytest.param(["--exclude", "a"], {"a/main.tf": OPEN, "b/main.tf": gated("bob")}, 0, "", id="exclude"),
        pytest.param([], {"a.txt": ""}, 2, "nothing was checked", id="no Terraform"),
        pytest.param(["gone"], {"main.tf": OPEN}, 2, "nothing was checked", id="no such path"),
        pytest.param([], {"main.tf": 'resource "aws_s3_bucket" "b" {}\n'}, 0, "", id="no IAM"),
        pytest.param([], {"main.tf": ALMOST}, 2, "", id="nothing could be judged"),
        pytest.param([], {"main.tf": OPEN, "b/main.tf": "resource {\n"}, 2, "", id="errors beside findings"),
        pytest.param(["--var-file", "gone.tfvars"], {"main.tf": OPEN}, 2, "", id="no file of variables"),
        pytest.param(["--var", "x"], {"main.tf": OPEN}, 2, "write NAME=VALUE", id="--var without a value"),
        pytest.param(["--var", "x=1"], {"main.tf": OPEN}, 2, "", id="--var that nobody declares"),
        pytest.param(["--select", "IAM04"], {"main.tf": OPEN}, 2, "no rule 'IAM04'; did you mean IAM0", id="no rule"),
        pytest.param(["--format", "xml"], {"main.tf": OPEN}, 2, "'xml' is not one of", id="no format"),
        pytest.param(["--report", "xml=a"], {"main.tf": OPEN}, 2, "'xml' is not one of", id="no format of a report"),
        pytest.param(["--report", "json"], {"main.tf": OPEN}, 2, "names no file", id="no file of a report"),
        pytest.param(["--today", "soon"], {"main.tf": OPEN}, 2, "'soon' does not match", id="no day"),
        pytest.param(["--baseline", "gone"], {"main.tf": OPEN}, 2, "gone: does not exist", id="no baseline"),
        pytest.param(["--baseline", "main.tf"], {"main.tf": OPEN}, 2, "main.tf", id="what is no baseline"),
    ],
)
def test_exit_code(run: Run, args: list[str], files: dict[str, str], code: int, told: str) -> None:
    ended, _, err = run("lint", *args, files=files)
    assert ended == code, err
    assert told in err
    assert "Traceback" not in err


def test_each_uninstalled_module_is_named_with_the_command_that_helps(run: Run) -> None:
    _, out, _ = run("lint", files={"main.tf": ALMOST})
    assert "terraform get" in out
    assert "acme/m/aws" in out
    _, _, err = run("lint", "--format", "json")
    assert "acme/m/aws is not installed: run terraform get\n" in err


def test_modules_in_a_circle_are_told_and_no_root_module(run: Run) -> None:
    call = 'module "m" {{\n  source = "../{0}"\n}}\n'
    code, out, err = run("lint", files={"a/main.tf": call.format("b"), "b/main.tf": call.format("a")})
    assert (code, "nothing was checked" in err) == (2, True)
    assert "no root module: a is called by b, b is called by a" in " ".join(out.split())


# --- what goes where


def test_findings_go_to_standard_output_and_talk_to_standard_error(run: Run) -> None:
    code, out, err = run("lint", files={"main.tf": OPEN})
    assert (code, out.splitlines()[0][:12]) == (1, "main.tf:7:3:")
    assert "\x1b" not in out + err
    assert err.startswith("1 root module in ")


def test_a_report_in_json_on_standard_output_and_beside_text_in_a_file_is_the_same(run: Run, tmp_path: Path) -> None:
    _, out, err = run("lint", "--format", "json", files={"main.tf": OPEN, "b.tf": 'x = "\n'})
    assert json.loads(out)["findings"][0]["code"] == "IAM001"
    assert "b.tf:1:" in err
    run("lint", "--report", "json=made/report.json", "--report", "text=report.txt")
    assert (tmp_path / "made/report.json").read_text() == out
    assert (tmp_path / "report.txt").read_text().startswith("main.tf:7:3:")
    run("lint", "--report", "json=report.txt")
    assert (tmp_path / "report.txt").read_text() == out


def test_a_report_that_cannot_be_written_hides_no_finding(run: Run) -> None:
    code, out, err = run("lint", "--report", "json=main.tf/x", "--report", "json=ok.json", files={"main.tf": OPEN})
    assert (code, "IAM001" in out) == (2, True)
    assert "main.tf is no folder" in err


def test_a_plan_comes_on_standard_input(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    state = b'{"format_version": "1.0", "values": {"root_module": {"resources": []}}}'
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(state)))
    code, out, _ = run("lint", "-")
    assert (code, out) == (0, "0 findings. 0 principals. 1 file.\n")


def test_the_last_of_a_variable_counts(run: Run) -> None:
    files = {
        "main.tf": 'variable "n" { type = string }\nresource "aws_iam_user" "u" { name = var.n }\n',
        "a.tfvars": 'n = "ann"\n',
    }
    given = ["--var", "n=bob", "--var-file", "a.tfvars"]
    for args, name in ((given, "ann"), (given[2:] + given[:2], "bob")):
        _, out, _ = run("lint", "--format", "json", *args, files=files)
        assert json.loads(out)["principals"][0]["name"] == name


def test_a_baseline_keeps_what_is_known_quiet(run: Run) -> None:
    assert run("lint", "--write-baseline", "known.json", files={"main.tf": OPEN})[0] == 0
    assert run("lint", "--baseline", "known.json")[0] == 0
    code, out, _ = run("lint", "--baseline", "known.json", files={"b.tf": administrator("bob")})
    assert (code, "bob" in out, "main.tf:7:3: IAM001" in out) == (1, True, False)


def test_a_baseline_is_written_over_a_baseline_and_nothing_else(run: Run, tmp_path: Path) -> None:
    run("lint", "--write-baseline", "known.json", files={"main.tf": OPEN})
    first = (tmp_path / "known.json").read_text()
    assert run("lint", "--write-baseline", "known.json", files={"b.tf": administrator("bob")})[0] == 0
    assert (tmp_path / "known.json").read_text() != first
    code, _, err = run("lint", "--write-baseline", "main.tf")
    assert (code, "main.tf" in err, (tmp_path / "main.tf").read_text()) == (2, True, OPEN)


def test_a_terminal_sees_a_bar_once_it_has_waited(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr("time.monotonic", lambda: now[0])
    for terminal, shown in ((True, "[###############...............] 2/4"), (False, "")):
        screen = io.StringIO()
        monkeypatch.setattr(screen, "isatty", lambda terminal=terminal: terminal)
        monkeypatch.setattr("sys.stderr", screen)
        waiting = Waiting()
        waiting.progress(1, 4)
        assert screen.getvalue() == ""
        now[0] += 1.5
        waiting.progress(2, 4)
        assert screen.getvalue().endswith(shown)
        waiting.end()
        assert screen.getvalue().count("\r\x1b[K") == (2 if terminal else 0)
        assert waiting.seconds == 1.5


# --- bugs


def test_a_rule_that_raises_is_named_and_costs_no_other_rule_its_findings(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def find(subject: Subject) -> Iterator[Violation]:
        nobody: dict[str, Violation] = {}
        yield nobody[subject.root]

    broken = Rule("IAM099", "never-ends-well", "low", "", find)
    known = {**rules(), "IAM099": broken}
    monkeypatch.setattr("iamgen_rules.checks.rules", lambda: known)
    code, out, err = run("lint", "--no-cache", files={"main.tf": OPEN})
    assert (code, "IAM001" in out) == (3, True)
    assert "internal error: rule IAM099 never-ends-well: KeyError: '.' (test_lint_command.py:" in err
    assert "please report it" in err


def test_a_root_that_a_bug_keeps_from_being_read_costs_no_other(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    read = accounts.read

    def broken(target: Target, *rest: Any) -> accounts.Accounts:
        if target.name == "bad":
            raise KeyError("x")
        return read(target, *rest)

    monkeypatch.setattr("iamgen_rules.roots.accounts.read", broken)
    code, out, err = run("lint", files={"good/main.tf": OPEN, "bad/main.tf": OPEN})
    assert (code, "good/main.tf:7:3: IAM001" in out) == (3, True)
    assert "internal error: reading bad: KeyError: 'x'" in err


# --- rule


def test_rule_lists_all_and_shows_one_by_code_or_name(run: Run) -> None:
    known = rules()
    _, out, _ = run("rule")
    assert [line.split()[0] for line in out.splitlines() if line.startswith("IAM")] == list(known)
    for word in ("IAM001", "iam001", "admin-user-without-mfa"):
        assert run("rule", word)[:2] == (0, page(known["IAM001"]))
    code, _, err = run("rule", "IAM01")
    assert (code, "there is no rule 'IAM01'; did you mean" in err) == (2, True)
