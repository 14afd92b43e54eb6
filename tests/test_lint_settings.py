"""What stands under `lint:` in iamgen.yaml: read beside a roster or alone, and every mistake at its place."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from iamgen.files import settings_of_file
from iamgen.load import load_settings
from iamgen_rules.errors import InputError
from iamgen_rules.settings import Ignore, RootSetting, Settings
from iamgen_rules.source import Place, Span

BAD = Path(__file__).parent / "rosters" / "bad"
TODAY = date(2026, 7, 1)
ENTRY = re.compile(r"    - \{code.*\}")
FULL = """lint:
  select: [IAM001, IAM004]
  ignore:
    - {code: IAM001, principal: 'aws_iam_user.this["a"]', reason: Breaks glass., until: 2027-01-31}
    - {code: IAM004, reason: Another gate.}
  fail_on: high
  strict: true
  roots:
    - path: infra
    - {path: infra, var_files: [prod.tfvars], workspace: prod, name: production}
  exclude: [examples, "*.bak"]
"""


def settings(text: str, file: str = "iamgen.yaml") -> Settings:
    return load_settings(text, file, TODAY)


def test_all_of_it_is_read() -> None:
    starts = [at.start() + 6 for at in ENTRY.finditer(FULL)]
    ends = [at.end() for at in ENTRY.finditer(FULL)]
    place, other = (
        Place("iamgen.yaml", f"lint.ignore[{number}]", Span(starts[number], ends[number], 4 + number, 7, 4 + number))
        for number in range(2)
    )
    assert settings(FULL) == Settings(
        TODAY,
        select=("IAM001", "IAM004"),
        fail_on="high",
        strict=True,
        ignores=(
            Ignore("IAM001", 'aws_iam_user.this["a"]', "Breaks glass.", date(2027, 1, 31), place),
            Ignore("IAM004", "*", "Another gate.", None, other),
        ),
        roots=(RootSetting("infra"), RootSetting("infra", ("prod.tfvars",), "prod", "production")),
        exclude=("examples", "*.bak"),
    )


def test_folders_are_relative_to_the_file() -> None:
    assert settings(FULL, "a/iamgen.yaml").roots[0].path == "a/infra"


@pytest.mark.parametrize(
    "text", ["", "version: 1\n", "lint:\n", "version: 1\nlint: {}\n", "version: 1\nlint: {roots: }\n"]
)
def test_what_is_not_said_is_as_ever(text: str) -> None:
    assert settings(text or "{}") == Settings(TODAY)


def test_a_roster_may_be_wrong_elsewhere() -> None:
    assert settings("version: 1\ngroups: nonsense\nlint: {strict: true}\n").strict


def test_every_mistake_is_told_as_in_a_roster() -> None:
    from iamgen.files import load_file

    with pytest.raises(InputError) as of_roster:
        load_file(BAD / "lint.yaml")
    with pytest.raises(InputError) as of_settings:
        settings_of_file(BAD / "lint.yaml", TODAY)
    assert of_settings.value.problems == of_roster.value.problems


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("lnt: {}\n", "iamgen.yaml:1:1: lnt: unknown key; did you mean 'lint'?"),
        ("lint: [strict]\n", "iamgen.yaml:1:7: lint: is a list, not a mapping"),
        ("lint: {strict: &a true}\n", "iamgen.yaml:1:16: lint.strict: "),
        ("lint: {strict: true\n", "iamgen.yaml:1:7: not YAML: "),
    ],
)
def test_other_mistakes(text: str, told: str) -> None:
    with pytest.raises(InputError) as caught:
        settings(text)
    assert str(caught.value).startswith(told)
