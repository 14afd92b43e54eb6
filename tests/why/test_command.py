"""`iamgen why`: whom a name means, what is read for it, exit codes."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Mapping
from contextlib import chdir
from pathlib import Path

import pytest

from iamgen.cli import boundary
from iamgen.cli.main import iamgen
from lint_cases import administrator, gated, plant

OPEN = administrator("alice")
Run = Callable[..., tuple[int, str, str]]
EVERYBODY = """
resource "aws_iam_user" "this" {
  for_each = toset(["ann", "Ben-Smith"])
  name     = each.key
}

resource "aws_iam_group" "ann" {
  name = "ann"
  path = "/ops/"
}

resource "aws_iam_role" "ops" {
  name               = "Ops"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [] })
}
"""
ANN, BEN = 'aws_iam_user.this["ann"]', 'aws_iam_user.this["Ben-Smith"]'
GROUP, ROLE = "aws_iam_group.ann", "aws_iam_role.ops"


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command line in a folder with these files: exit code, standard output, standard error."""

    def command(*args: str, files: Mapping[str, str]) -> tuple[int, str, str]:
        plant(tmp_path, files)
        with chdir(tmp_path):
            code = boundary.run(iamgen, ["why", *args])
        out, err = capsys.readouterr()
        return code, out, err

    return command


def addresses(run: Run, *args: str, files: Mapping[str, str]) -> list[str]:
    """Who is answered about, as `ROOT: ADDRESS` where there are several roots."""
    code, out, _ = run(*args, "--format", "json", files=files)
    found = json.loads(out)["principals"]
    assert code == 0
    return [one["address"] if one["root"] == "." else f"{one['root']}: {one['address']}" for one in found]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("Ben-Smith", [BEN]),
        ("ben-smith", [BEN]),
        (BEN, [BEN]),
        ("arn:aws:iam::123456789012:user/Ben-Smith", [BEN]),
        ("ann", [ANN, GROUP]),
        ("group:ann", [GROUP]),
        ("user/ann", [ANN]),
        ("arn:aws:iam::123456789012:group/ops/ann", [GROUP]),
        ("arn:aws-cn:iam:::role/Ops", [ROLE]),
        ("role Ops", [ROLE]),
        (ROLE, [ROLE]),
    ],
)
def test_whom_a_text_means(run: Run, wanted: str, found: list[str]) -> None:
    assert addresses(run, wanted, files={"main.tf": EVERYBODY}) == found


@pytest.mark.parametrize(
    ("wanted", "told"),
    [
        ("Ben", "no user, group or role is called 'Ben'; did you mean 'Ben-Smith'?"),
        ("opss", "did you mean 'Ops'?"),
        ("aws_iam_user.this", """did you mean 'aws_iam_user.this["ann"]' or 'aws_iam_user.this["Ben-Smith"]'?"""),
        ("group:Ops", "no user, group or role is called 'group:Ops'; did you mean 'Ops'?"),
        ("\x1b[31m", r"'\x1b[31m'"),
        ("", "no user, group or role is called ''"),
        ("x" * 100_000, "no user, group or role is called"),
    ],
)
def test_a_name_that_nobody_has_is_refused_with_near_ones(run: Run, wanted: str, told: str) -> None:
    code, out, err = run(wanted, files={"main.tf": EVERYBODY})
    assert (code, out) == (2, "")
    assert told in err
    assert len(err) < 1000


def test_all_roots_with_somebody_of_the_name_are_told_apart(run: Run) -> None:
    files = {"prod/main.tf": OPEN, "test/main.tf": gated("alice"), "other/main.tf": administrator("bob")}
    assert addresses(run, "alice", files=files) == ["prod: aws_iam_user.alice", "test: aws_iam_user.alice"]
    _, out, _ = run("alice", files=files)
    assert "ungated, class full: aws_iam_user.alice (prod/main.tf:1)" in out
    assert "gated, class full: aws_iam_user.alice (test/main.tf:1)" in out
    assert addresses(run, "alice", "test", files=files) == ["test: aws_iam_user.alice"]


def test_a_root_is_read_with_what_is_given_and_as_the_settings_say(run: Run) -> None:
    files = {
        "a/main.tf": 'variable "n" {\n  type = string\n}\nresource "aws_iam_user" "u" {\n  name = var.n\n}\n',
        "a/prod.tfvars": 'n = "paul"\n',
    }
    assert addresses(run, "vera", "--var", "n=vera", files=files) == ["a: aws_iam_user.u"]
    assert addresses(run, "paul", "--var-file", "a/prod.tfvars", files=files) == ["a: aws_iam_user.u"]
    settings = "version: 1\nlint:\n  roots:\n    - {path: a, var_files: [prod.tfvars], name: prod}\n"
    assert addresses(run, "paul", files={"iamgen.yaml": settings}) == ["prod: aws_iam_user.u"]


def test_a_plan_on_standard_input(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    values = {"name": "dora", "arn": "arn:aws:iam::123456789012:user/dora", "id": "dora"}
    user = {"address": "aws_iam_user.dora", "mode": "managed", "type": "aws_iam_user", "name": "dora"}
    resource = {**user, "provider_name": "aws", "values": values}
    state = {"format_version": "1.0", "values": {"root_module": {"resources": [resource]}}}
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(json.dumps(state).encode())))
    assert addresses(run, "dora", "-", files={}) == ["<stdin>: aws_iam_user.dora"]


def test_what_cannot_be_read_costs_nothing_else(run: Run) -> None:
    code, out, err = run("alice", files={"main.tf": OPEN, "bad.tf": 'resource "x" {\n'})
    assert (code, out.startswith("alice acts as an administrator without MFA\n")) == (0, True)
    assert "bad.tf:1" in err


def test_where_nothing_could_be_read_that_is_told(run: Run) -> None:
    code, _, err = run("alice", "gone", files={})
    assert (code, err) == (2, "gone: does not exist\n")


def test_one_call_is_asked_about(run: Run) -> None:
    code, out, _ = run("alice", "--action", "iam:CreateUser", files={"main.tf": gated("alice")})
    words = [line.split(",")[0] for line in out.splitlines() if line.startswith(("access-key", "no-mfa", "mfa"))]
    assert (code, words) == (0, ["access-key: denied", "no-mfa: denied", "mfa: allowed"])


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (["--resource", "*"], "give --action, too"),
        (["--action", "iam"], "--action 'iam': one action is meant"),
        (["--action", "iam:GetUser", "--resource", "bob"], "--resource 'bob': an ARN is meant"),
        (["--format", "yaml"], "'yaml' is not one of"),
        (["--var", "x"], "write NAME=VALUE"),
    ],
)
def test_what_is_asked_wrongly_is_refused(run: Run, args: list[str], told: str) -> None:
    code, out, err = run("alice", *args, files={"main.tf": OPEN})
    assert (code, out, told in err) == (2, "", True)
