"""What docs/lint.md says works: settings are read, the comment silences, the Python runs, the table is complete."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from iamgen.cli.main import iamgen
from iamgen_rules.report import FORMATS

PAGE = (Path(__file__).resolve().parent.parent / "docs" / "lint.md").read_text(encoding="utf-8")
_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
CI = """
resource "aws_iam_user" "ci" {
  name = "ci"
}

resource "aws_iam_user_policy_attachment" "ci" {
  user       = aws_iam_user.ci.name
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
}
"""


def blocks(language: str) -> list[str]:
    return [text for found, text in _BLOCK.findall(PAGE) if found == language]


@pytest.fixture
def infra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory in which `infra` has an administrator with a key."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "infra" / "iam").mkdir(parents=True)
    (tmp_path / "infra" / "iam" / "prod.tfvars").write_text("")
    (tmp_path / "infra" / "iam" / "main.tf").write_text(CI + blocks("hcl")[0])
    return tmp_path


def lint(*arguments: str) -> str:
    done = CliRunner().invoke(iamgen, ["lint", "--today", "2026-11-24", *arguments])
    assert done.exit_code in (0, 1), done.output
    return done.stdout


@pytest.mark.parametrize("settings", blocks("yaml"))
def test_the_settings_are_settings(settings: str, infra: Path) -> None:
    (infra / "iamgen.yaml").write_text(settings)
    assert "IAM001" in lint("infra")


@pytest.mark.usefixtures("infra")
def test_the_comment_silences_the_key_until_its_day() -> None:
    assert "IAM012" not in lint("infra").partition("suppressed")[0]
    late = CliRunner().invoke(iamgen, ["lint", "--today", "2027-02-01", "infra"])
    assert "IAM012 high" in late.stdout


@pytest.mark.usefixtures("infra")
def test_the_baseline_knows_what_was_found() -> None:
    commands = [line.split()[2:] for line in blocks("sh")[1].splitlines()]
    first, second = (CliRunner().invoke(iamgen, ["lint", "infra", *command]) for command in commands)
    assert (first.exit_code, second.exit_code) == (0, 0), second.output
    assert "1 known" in second.stdout


@pytest.mark.usefixtures("infra")
def test_the_python_runs(capsys: pytest.CaptureFixture[str]) -> None:
    (program,) = blocks("python")
    exec(compile(program, "docs/lint.md", "exec"), {})  # noqa: S102 - it is the page's own
    assert "infra/iam/main.tf:8:" in capsys.readouterr().out


def test_every_format_has_its_line() -> None:
    table = PAGE.partition("## Formats")[2].partition("##")[0]
    assert re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE) == list(FORMATS)
