"""Good rosters: what is read, what is the default, what the default roster and its options say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import pytest

from iamgen.files import default_text, load_file
from iamgen.lint_settings import Ignored, Lint, Root
from iamgen.load import load
from iamgen.roster import (
    SELF_SERVICE,
    Document,
    Group,
    Mfa,
    Output,
    Roster,
    SudoRole,
    User,
    boundary_of,
    path_of,
    tags_of,
)

GOOD = Path(__file__).parent / "rosters" / "good"
DOCS = Path(__file__).parent.parent / "docs"
POLICY = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"logs:Get*","Resource":"*"}]}'
OPTION = re.compile(r"( *)#(\w[\w-]*:.*|-.*|  .*)")


def roster(text: str) -> Roster:
    return load(text, "iamgen.yaml", lambda _: POLICY).roster


@pytest.mark.parametrize("file", sorted(GOOD.glob("*.yaml")), ids=lambda file: file.stem)
def test_a_good_roster_is_read(file: Path) -> None:
    assert load_file(file).roster.version == 1


def test_the_least_roster_is_all_defaults() -> None:
    found = load_file(GOOD / "minimal.yaml").roster
    assert found == load_file(GOOD / "empty_values.yaml").roster.model_copy(update={"groups": ()})
    assert found.mfa == Mfa() == Mfa(name="require-mfa", self_service=SELF_SERVICE)
    assert found.path == "/"


def test_every_value_arrives() -> None:
    found = load_file(GOOD / "full.yaml")
    document = Document(name="read-logs", document="policies/read-logs.json")
    assert found.roster == Roster(
        version=1,
        account="012345678901",
        region="eu-central-1",
        partition="aws",
        path="/people/",
        tags={"managed-by": "iamgen", "Team": "none"},
        permissions_boundary="arn:aws:iam::012345678901:policy/boundary",
        mfa=Mfa(
            name="gate",
            description="Für alle: erst MFA.",
            path="/",
            self_service=("mfa", "password"),
            change_password_before_mfa=True,
            exempt_aws_service_calls=True,
            max_age=5400,
            exists=True,
            reason="First passwords expire; Athena forwards calls.",
        ),
        sudo_roles=(
            SudoRole(
                name="OpsSudo",
                description="Break-glass role.",
                path="/sudo/",
                policies=(
                    "PowerUserAccess",
                    "job-function/ViewOnlyAccess",
                    "arn:aws:iam::012345678901:policy/ours/extra",
                    document,
                ),
                max_session=43200,
                mfa_max_age=3600,
                user_path="/people/ops/",
                permissions_boundary="PowerUserAccess",
                tags={"team": "ops", "on": "1"},
                exists=True,
            ),
            SudoRole(name="Empty", policies=()),
        ),
        groups=(
            Group(
                name="ops",
                path="/groups/",
                policies=("IAMFullAccess", document),
                sudo=("OpsSudo", "Empty", "arn:aws:iam::210987654321:role/sudo/OpsSudo"),
                users_variable="ops_users",
                exists=True,
                reason="They administer users.",
            ),
            Group(name="machines", require_mfa=False, create=False, reason="They have no device."),
        ),
        users=(
            User(
                name="alice",
                path="/people/ops/",
                groups=("ops", "machines"),
                mfa_serial="arn:aws:iam::012345678901:mfa/alices-phone",
                permissions_boundary="arn:aws:iam::aws:policy/ReadOnlyAccess",
                tags={"cost centre": "0042", "on": ""},
                exists=True,
            ),
            User(name="on"),
            User(name="123"),
        ),
        output=Output(path="infra/iam", module_source="git::https://example.com/modules.git?ref=v1"),
        lint=Lint(strict=True, roots=(Root(path="infra"),)),
    )
    assert found.documents["policies/read-logs.json"]["Statement"][0]["Action"] == "logs:Get*"


def test_what_an_item_does_not_say_the_top_says() -> None:
    found = load_file(GOOD / "full.yaml").roster
    role, empty = found.sudo_roles
    alice, on, _ = found.users
    assert [path_of(found, item) for item in (found.mfa, role, empty, alice, on)] == [
        "/",
        "/sudo/",
        "/people/",
        "/people/ops/",
        "/people/",
    ]
    assert boundary_of(found, role) == "PowerUserAccess"
    assert boundary_of(found, on) == "arn:aws:iam::012345678901:policy/boundary"
    assert tags_of(found, found.mfa) == {"Team": "none", "managed-by": "iamgen"}
    assert list(tags_of(found, role).items()) == [("managed-by", "iamgen"), ("on", "1"), ("team", "ops")]
    assert tags_of(found, on) == tags_of(found, found.mfa)


def test_a_roster_of_500_users_is_read() -> None:
    groups = "".join(f"  - {{name: group{number}, policies: [ReadOnlyAccess]}}\n" for number in range(30))
    users = "".join(f"  - name: user{n}\n    groups: [group{n % 30}, group{(n + 1) % 30}]\n" for n in range(500))
    assert len(roster(f"version: 1\ngroups:\n{groups}users:\n{users}").users) == 500


def test_the_default_is_one_group_that_may_become_one_role() -> None:
    assert roster(default_text()) == Roster(
        version=1,
        mfa=Mfa(name="require-mfa"),
        sudo_roles=(SudoRole(name="OpsSudo", policies=("AdministratorAccess",), max_session=3600),),
        groups=(Group(name="ops", policies=("ReadOnlyAccess",), sudo=("OpsSudo",), users_variable="ops_users"),),
    )


def _options() -> Iterator[tuple[int, int]]:
    """First line and end of each option of the default: lines in a row that begin with # and no space."""
    lines = enumerate(default_text().splitlines())
    for is_option, group in groupby(lines, key=lambda line: OPTION.fullmatch(line[1]) is not None):
        numbers = [number for number, _ in group]
        if is_option:
            yield numbers[0], numbers[-1] + 1


@pytest.mark.parametrize(("first", "end"), list(_options()))
def test_each_option_of_the_default_holds_when_its_signs_are_taken_away(first: int, end: int) -> None:
    lines = default_text().splitlines()
    chosen = [OPTION.sub(r"\1\2", line) for line in lines[first:end]]
    changed = roster("\n".join([*lines[:first], *chosen, *lines[end:]]))
    assert (changed != roster(default_text())) is ("self_service" not in chosen[0])  # which shows what is the default


def test_the_default_shows_every_option() -> None:
    text = default_text()
    for section in (Roster, Mfa, SudoRole, Group, User, Output, Document):
        for name in section.model_fields:
            assert re.search(rf"\b{name}:", text) or name == "lint", f"{section.__name__}.{name}"
    assert max(map(len, text.splitlines())) <= 100


def test_the_reference_names_every_field() -> None:
    text = (DOCS / "roster.md").read_text(encoding="utf-8")
    for section in (Roster, Mfa, SudoRole, Group, User, Output, Document, Lint, Ignored, Root):
        rows = "".join(f"| `{name}` | {field.description} |\n" for name, field in section.model_fields.items())
        assert f"| field | what |\n|---|---|\n{rows}\n" in text, f"docs/roster.md should hold:\n{rows}"
