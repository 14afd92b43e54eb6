"""Every weakening of what is rendered is found, where it is, and nothing else is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from iamgen.files import load_file
from iamgen.load import load
from iamgen_rules.engine.report import Finding
from mutation import attachments, gate, trusts
from mutation.editing import Edit, Mutation, changed
from mutation.gate import Gate
from mutation.rendered import files, linted
from mutation.trusts import Trust
from rule_cases import Mark, disagreements, marks, unmarked

HERE = Path(__file__).parent
ROSTER = load_file(HERE / "house.yaml")
ALONE = files(ROSTER, "self-contained") | {"house.tf": (HERE / "house.tf").read_text(encoding="utf-8")}
WITHOUT_ROLES = {
    "main.tf": files(
        load(
            "version: 1\ngroups: [{name: visitors, require_mfa: false, reason: They may only look.}, {name: ops}]\n"
            "users: [{name: guest, groups: [visitors]}]",
            "iamgen.yaml",
            str,
        ),
        "self-contained",
    )["main.tf"],
    "house.tf": "",
}
MODULES = files(ROSTER, "modules") | {"house.tf": ALONE["house.tf"]}
GATE = Gate("main.tf", 'data "aws_iam_policy_document" "require_mfa"')
TRUST = Trust("main.tf", 'data "aws_iam_policy_document" "OpsSudo_trust"')

GATE_OF_MODULE = Gate(
    "modules/mfa-policy/main.tf", 'data "aws_iam_policy_document" "this"', "exempt = sort(concat(\n    [\n"
)
TRUST_OF_MODULE = Trust("modules/sudo-role/main.tf", 'data "aws_iam_policy_document" "trust"')


def no_deny() -> Mutation:
    """The policy without its Deny: it is no gate any more."""
    marks_: Mapping[str, Edit] = {
        "main.tf": attachments.group_of("IAM002 critical admins alice"),
        **attachments.own("IAM001 critical bob eve"),
    }
    return Mutation("no Deny", changed(gate.without_deny(ALONE, GATE), marks_))


def mutations() -> Iterator[Mutation]:
    """All of them."""
    yield no_deny()
    yield from gate.weakened(ALONE, GATE)
    yield from trusts.weakened(ALONE, TRUST)
    yield from attachments.taken_off(ALONE)
    yield from attachments.given(ALONE)
    yield from attachments.given_power(WITHOUT_ROLES)
    yield from attachments.owned(ALONE)
    yield from attachments.unknown(ALONE)
    for one in (*gate.weakened(MODULES, GATE_OF_MODULE), *trusts.weakened(MODULES, TRUST_OF_MODULE)):
        yield one._replace(name=f"modules: {one.name}")


MUTATIONS = {one.name: one for one in mutations()}


def told(folder: Path, texts: Mapping[str, str], low: bool) -> list[Mark]:
    """What the linter finds that counts, above low or all of it, as marks that leave nothing out."""
    plain = {name: unmarked(text) for name, text in texts.items()}
    found = [one for one in linted(folder, plain).findings if one.counts and (low or one.severity != "low")]
    return sorted(_mark(one, folder) for one in found)


def _mark(finding: Finding, folder: Path) -> Mark:
    assert finding.place.span is not None
    names = tuple(sorted(one.name for one in finding.principals))
    file = Path(finding.place.document).relative_to(folder).as_posix()
    return Mark(file, finding.place.span.line, finding.code, finding.severity, names)


def wanted(texts: Mapping[str, str]) -> list[Mark]:
    """The marks in some files."""
    return [mark for name, text in texts.items() for mark in marks(name, text)]


@pytest.mark.parametrize("texts", [ALONE, MODULES], ids=["self-contained", "modules"])
def test_without_a_mutation_nothing_is_found(texts: Mapping[str, str], tmp_path: Path) -> None:
    assert told(tmp_path, texts, low=False) == []


@pytest.mark.parametrize("name", MUTATIONS)
def test_a_weakening_is_found_where_it_is(name: str, tmp_path: Path) -> None:
    expected = wanted(MUTATIONS[name].files)
    assert expected, "no mark"
    low = any(mark.severity == "low" for mark in expected)
    found = [one for one in told(tmp_path, MUTATIONS[name].files, low) if one.code != "IAM011"]
    assert disagreements(expected, found) == []


def test_no_name_stands_for_two() -> None:
    names = Counter(one.name for one in mutations())
    assert [name for name, number in names.items() if number > 1] == []


def test_every_rule_about_a_gate_catches_something() -> None:
    codes = {mark.code for one in MUTATIONS.values() for mark in wanted(one.files)}
    assert codes == {f"IAM{number:03}" for number in range(1, 17)} - {"IAM011"}
