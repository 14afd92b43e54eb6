"""`iamgen profiles` on the command line: what goes to which stream, and the sample in docs/profiles.md."""

from __future__ import annotations

import re
import shlex
from configparser import RawConfigParser
from pathlib import Path
from textwrap import dedent

import pytest
from click.testing import CliRunner, Result

from iamgen.cli.main import iamgen
from iamgen_rules.errors import InputError, UsageError

PAGE = Path(__file__).parent.parent / "docs" / "profiles.md"
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
ROSTER = """
    version: 1
    account: "123456789012"
    region: eu-west-1
    sudo_roles:
      - name: OpsSudo
    groups:
      - name: ops
        sudo: [OpsSudo]
    users:
      - name: alice
        groups: [ops]
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty current folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(line: str) -> Result:
    """What `iamgen profiles …` does."""
    return CliRunner().invoke(iamgen, ["profiles", *shlex.split(line)])


def names(result: Result) -> list[str]:
    """The profiles on standard output."""
    assert result.exception is None
    parser = RawConfigParser()
    parser.read_string(result.stdout)
    return parser.sections()


def test_the_roster_here_is_read(folder: Path) -> None:
    (folder / "iamgen.yaml").write_text(dedent(ROSTER))
    assert names(run("--user alice")) == ["profile alice", "profile OpsSudo"]


def test_another_roster_is_read(folder: Path) -> None:
    (folder / "other.yaml").write_text(dedent(ROSTER).replace("OpsSudo", "NetSudo"))
    assert names(run("--user alice other.yaml")) == ["profile alice", "profile NetSudo"]


def test_without_a_roster_the_built_in_one_is_taken() -> None:
    """Its users come from a Terraform variable, and it names no account."""
    result = run("--user alice --account 123456789012")
    assert names(result) == ["profile alice", "profile OpsSudo"]
    assert "taken as a member, by Terraform variable, of ops (var.ops_users)" in result.stderr
    assert str(run("--user alice").exception) == (
        "the account is not known: give --account, or write `account:` in the roster"
    )


def test_profiles_and_talk_are_apart(folder: Path) -> None:
    """What is appended to ~/.aws/config is the ini alone."""
    (folder / "iamgen.yaml").write_text(dedent(ROSTER))
    result = run("--user alice")
    assert result.stdout.startswith("[profile alice]\n")
    assert "First day" not in result.stdout
    assert result.stderr.startswith("Notes:\n- mfa_serial is the default, arn:aws:iam::123456789012:mfa/alice: if ")
    assert (
        "\nFirst day:\n1. Put the profiles into ~/.aws/config, in place of any with the same names.\n" in result.stderr
    )
    assert "[profile" not in result.stderr


def test_links_are_the_only_data(folder: Path) -> None:
    (folder / "iamgen.yaml").write_text(dedent(ROSTER))
    result = run("--user alice --links")
    assert result.stdout == (
        "https://signin.aws.amazon.com/switchrole?account=123456789012&roleName=OpsSudo&displayName=OpsSudo\n"
    )
    assert result.stderr == (
        "Sign in at https://123456789012.signin.aws.amazon.com/console as alice, with a code; "
        "then open a link: the console switches to the role.\n"
    )


def test_no_links_no_sign_in(folder: Path) -> None:
    (folder / "iamgen.yaml").write_text(dedent(ROSTER))
    result = run("--user alice --links --region us-iso-east-1")
    assert result.stdout == ""
    assert result.stderr == "Notes:\n- Partition aws-iso has no documented address to switch roles.\n\n"


def test_a_refusal_prints_no_profiles(folder: Path) -> None:
    """Neither half of them nor a note."""
    (folder / "iamgen.yaml").write_text(dedent(ROSTER))
    result = run("--user alcie")
    assert isinstance(result.exception, UsageError)
    assert str(result.exception) == "--user: 'alcie' is not in the roster; did you mean 'alice'?"
    assert (result.stdout, result.stderr) == ("", "")


def test_a_passkey_in_the_roster_is_refused_by_the_roster(folder: Path) -> None:
    """With its place."""
    key = "    mfa_serial: arn:aws:iam::123456789012:u2f/user/alice/key\n"
    (folder / "iamgen.yaml").write_text(dedent(ROSTER) + key)
    error = run("--user alice").exception
    assert isinstance(error, InputError)
    assert str(error).startswith("iamgen.yaml:13:17: users[0].mfa_serial: a passkey or security key gives no codes")


@pytest.mark.parametrize("line", ["", "--user alice --tool saml", "--user alice a b"])
def test_bad_usage(line: str) -> None:
    result = run(line)
    assert result.exit_code == 2
    assert result.stdout == ""


def test_help_has_an_example() -> None:
    assert "iamgen profiles --user alice --account 123456789012 >> ~/.aws/config" in run("-h").stdout


def test_the_sample_in_the_documentation_is_real(folder: Path) -> None:
    """Each command's blocks are its standard output and its standard error, to the letter."""
    blocks = [(match[1], match[2]) for match in BLOCK.finditer(PAGE.read_text())]
    (folder / "iamgen.yaml").write_text(next(text for kind, text in blocks if kind == "yaml"))
    starts = [number for number, (kind, _) in enumerate(blocks) if kind == "console"]
    assert len(starts) >= 3
    for start in starts:
        line = blocks[start][1].removeprefix("$ iamgen profiles ")
        (out, stdout), (err, stderr) = blocks[start + 1 : start + 3]
        result = run(line)
        assert (out, err) in (("ini", "text"), ("text", "text"))
        assert result.stdout == stdout
        assert result.stderr.rstrip("\n") == stderr.rstrip("\n")
