"""Bad rosters: every problem at once, each at its line and column, saying what is wrong and what would be right.

In `rosters/bad/*.yaml` a line `# ! 9 groups[0].name: …` says: column 9 of the line above has this problem.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iamgen.files import default_text, load_file
from iamgen.load import load
from iamgen_rules.errors import InputError, Problem

BAD = Path(__file__).parent / "rosters" / "bad"
MARK = re.compile(r" *# ! (\d+) (.*)")
POLICY = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"logs:Get*","Resource":"*"}]}'


def marks(text: str) -> Iterator[tuple[int, int, str]]:
    """Line, column and text of each problem that a file expects."""
    above = 0
    for number, line in enumerate(text.splitlines(), start=1):
        found = MARK.fullmatch(line)
        if found is None:
            above = number
        else:
            yield above, int(found[1]), found[2]


def shown(problem: Problem) -> tuple[int, int, str]:
    span = problem.place.span
    assert span is not None
    return span.line, span.column, ": ".join(part for part in (problem.place.address, problem.message) if part)


def problems(text: str) -> list[Problem]:
    with pytest.raises(InputError) as caught:
        load(text, "iamgen.yaml", lambda _: POLICY)
    assert caught.value.exit_code == 2
    return list(caught.value.problems)


@pytest.mark.parametrize("file", sorted(BAD.glob("*.yaml")), ids=lambda file: file.stem)
def test_every_problem_is_told_at_its_place(file: Path) -> None:
    with pytest.raises(InputError) as caught:
        load_file(file)
    assert [shown(problem) for problem in caught.value.problems] == list(marks(file.read_text(encoding="utf-8")))
    assert {problem.place.document for problem in caught.value.problems} == {str(file)}
    assert str(caught.value).splitlines()[0].startswith(f"{file}:")


def test_no_bad_roster_is_forgotten() -> None:
    assert len(list(BAD.glob("*.yaml"))) > 20


def _names(kind: str, length: int) -> str:
    return f"{length + 1} characters; the quota for {kind} names allows {length}"


@pytest.mark.parametrize(
    ("text", "length", "message"),
    [
        ("mfa: {{name: {}}}", 128, _names("policy", 128)),
        ("sudo_roles: [{{name: {}}}]", 64, _names("role", 64)),
        ("groups: [{{name: {}}}]", 128, _names("group", 128)),
        ("users: [{{name: {}}}]", 64, _names("user", 64)),
        ("mfa: {{description: {}}}", 1000, "1,001 characters; the quota for descriptions allows 1,000"),
        ("tags: {{{}: x}}", 128, "129 characters; the quota for tag keys allows 128"),
        ("tags: {{x: {}}}", 256, "257 characters; the quota for tag values allows 256"),
        ("groups: [{{name: ops, require_mfa: false, reason: {}}}]", 500, "501 characters; at most 500"),
    ],
)
def test_a_quota_for_length_is_named(text: str, length: int, message: str) -> None:
    load("version: 1\n" + text.format("x" * length), "f", lambda _: POLICY)
    (problem,) = problems("version: 1\n" + text.format("x" * (length + 1)))
    assert problem.message == message


def test_a_path_and_its_quota() -> None:
    load(f"version: 1\npath: /{'x' * 510}/", "f", lambda _: POLICY)
    (problem,) = problems(f"version: 1\npath: /{'x' * 511}/")
    assert str(problem) == "iamgen.yaml:2:7: path: 513 characters; the quota for paths allows 512"


def test_a_huge_value_is_shown_short() -> None:
    (problem,) = problems(f"version: 1\nmfa: {{exists: {'x' * 3_000_000}}}")
    assert len(problem.message) < 200


def test_a_terminal_obeys_nothing_in_a_message() -> None:
    found = problems('version: "\\e[2J"\n"\\e[31mred": 1\ntags: {"\\x9b31m": "\\u202e"}\nmfa: {name: "\\u202e"}')
    assert len(found) == 4  # the value under a wrong key is not looked at
    assert all(str(problem).isprintable() for problem in found)


class TestFollowUps:
    """A fault is told once; what cannot be known because of it is not guessed at."""

    @pytest.mark.parametrize(
        ("text", "only"),
        [
            ("groups: [{name: *x}]\nusers: [{name: al, groups: [ops]}]", "groups[0].name"),
            ("groups: [*x]\nusers: [{name: al, groups: [ops]}]", "groups[0]"),
            ("groups: *x\nusers: [{name: al, groups: [ops]}]", "groups"),
            ("group: [{name: ops}]\nusers: [{name: al, groups: [ops]}]", "group"),
            ("groups: {name: ops}\nusers: [{name: al, groups: [ops]}]", "groups"),
            ("groups: [{name: a, exists: maybe}]\nusers: [{name: al, groups: [a]}]", "groups[0].exists"),
            ("groups: [{name: a, require_mfa: false, reason: [x]}]", "groups[0].reason"),
            ("groups: [{name: a, require_mfa: no, reason: x}]", "groups[0].require_mfa"),
            ("mfa: {exempt_aws_service_calls: true, reasn: x}", "mfa.reasn"),
            ("users: [{<<: *x}]", "users[0]"),
            ("users: [{nam: al}]", "users[0].nam"),
        ],
    )
    def test_one_fault_one_problem(self, text: str, only: str) -> None:
        assert {problem.place.address for problem in problems("version: 1\n" + text)} == {only}

    def test_the_rest_is_still_checked(self) -> None:
        found = problems(
            "version: 3\ngroups: [{name: 'o o'}, {name: b}]\nusers: [{name: al, groups: [c]}, {name: AL, tags: x}]"
        )
        assert [problem.place.address for problem in found] == [
            "version",
            "groups[0].name",
            "users[0].groups[0]",
            "users[1].name",
            "users[1].tags",
        ]

    def test_places_are_right_behind_what_was_taken_out(self) -> None:
        found = problems(
            "version: 1\nsudo_roles:\n  - [x]\n  - name: a\n    policies: [{}, Nope, {name: a, document: b}, Nope]\n"
            "  - name: A\n    trusted_accounts: [x, '123456789012', '123456789012']\n"
        )
        assert [(shown(problem)[0], problem.place.address) for problem in found] == [
            (3, "sudo_roles[0]"),
            (5, "sudo_roles[1].policies[0].name"),
            (5, "sudo_roles[1].policies[0].document"),
            (5, "sudo_roles[1].policies[1]"),
            (5, "sudo_roles[1].policies[3]"),
            (6, "sudo_roles[2].name"),
            (7, "sudo_roles[2].trusted_accounts[0]"),
            (7, "sudo_roles[2].trusted_accounts[2]"),
        ]


def _any_load(text: str) -> None:
    try:
        load(text, "f", lambda _: POLICY)
        found: Sequence[Problem] = ()
    except InputError as error:
        found = error.problems
    places = [problem.place.span.start for problem in found if problem.place.span]
    assert len(places) == len(found)
    assert places == sorted(places)
    assert all(str(problem).isprintable() for problem in found)


@given(st.text())
def test_any_text_is_loaded_or_refused(text: str) -> None:
    _any_load(text)
    _any_load(f"version: 1\n{text}")


_LINES = default_text().replace("#", " ").splitlines()


@given(st.lists(st.sampled_from(_LINES), max_size=30), st.integers(0, 4000), st.text(max_size=5))
def test_any_disorder_of_the_default_is_loaded_or_refused(lines: list[str], at: int, inserted: str) -> None:
    text = "\n".join(lines)
    _any_load(text)
    default = default_text()
    _any_load(default[:at] + inserted + default[at:])
    _any_load(default[:at] + default[at + len(inserted) :])


_TREES = st.recursive(
    st.sampled_from(["", "x", "ops", "1h", "true", "arn:aws:iam::aws:policy/X", "null", "ReadOnlyAccess"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["name", "policies", "document", "groups", "reason", "tags", "path"]), inner)
    ),
    max_leaves=8,
)
_KEYS = ["mfa", "sudo_roles", "groups", "users", "tags", "path", "permissions_boundary", "output", "lint", "account"]


@given(st.dictionaries(st.sampled_from(_KEYS), _TREES | st.lists(_TREES, max_size=3)))
def test_any_values_are_loaded_or_refused(tree: dict[str, object]) -> None:
    import yaml

    _any_load(yaml.safe_dump({"version": "1"} | tree, allow_unicode=True))
