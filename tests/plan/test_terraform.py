"""With a real Terraform: what a plan is read as is what the apply makes, and a state and a later plan say the same."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from account.resources_as_lines import lines
from iamgen_rules.account.from_resources import accounts
from iamgen_rules.account.resource import Plain, Resource, Written
from iamgen_rules.plan.places import with_places
from iamgen_rules.plan.read import Reading, read
from iamgen_rules.policy.text import Partial, Unknown, missing_of, parts_of
from iamgen_rules.terraform.read import Root
from iamgen_rules.terraform.read import read as terraform
from plan.conftest import MakeRoot, files_of
from terraform import roots as rosters

ROOTS = Path(__file__).with_name("roots")
NAMES = ("references", "documents", "accounts", "roster")


class Readings(NamedTuple):
    """A root module before its apply, its state after it, the plan that comes then, and its source."""

    planned: Reading
    state: Reading
    unchanged: Reading
    source: Root


def files(name: str) -> dict[str, str]:
    """A root of this folder, or what iamgen renders."""
    if name == "roster":
        return rosters.terraform(rosters.read("base"))
    return files_of(ROOTS / name)


Made = Callable[[MakeRoot], Readings]


@pytest.fixture(params=NAMES, scope="module")
def made(request: pytest.FixtureRequest) -> Made:
    """The readings of one root; Terraform runs once for all that ask."""
    known: list[Readings] = []

    def readings(root: MakeRoot) -> Readings:
        if not known:
            workspace = root(files(request.param))
            planned = workspace.planned()
            workspace.apply()
            state = json.loads(workspace.run("show", "-json").stdout)
            (source,) = terraform([str(workspace.folder)]).roots
            known.append(Readings(shown(planned), shown(state), shown(workspace.planned()), source))
        return known[0]

    return readings


def shown(data: object) -> Reading:
    """What `terraform show -json` said, as it is read."""
    return read(json.dumps(data).encode(), "plan.json")


def by_address(reading: Reading) -> dict[str, Resource]:
    """The resources of a reading."""
    return {one.address: one for one in reading.resources}


def leaves(value: Plain, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], Unknown | Partial]]:
    """What is unknown, and where."""
    if isinstance(value, Unknown | Partial):
        yield path, value
    elif isinstance(value, Mapping):
        for name, one in value.items():
            yield from leaves(one, (*path, name))
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for index, one in enumerate(value):
            yield from leaves(one, (*path, index))


def filled(value: Plain, after: Mapping[str, Resource]) -> Any:
    """The value with what the apply made in the place of references; what has no reference stays."""
    if isinstance(value, Unknown | Partial):
        return "".join(part if isinstance(part, str) else looked_up(part, after) for part in parts_of(value))
    if isinstance(value, Mapping):
        return {name: filled(one, after) for name, one in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [filled(one, after) for one in value]
    return value


def looked_up(part: Unknown, after: Mapping[str, Resource]) -> str:
    """What an attribute is after the apply."""
    address, _, attribute = part.name.rpartition(".")
    found = after[address].values.get(attribute, "") if address in after else f"<{part.name}>"
    return found if isinstance(found, str) else f"<{part.name}>"


def comparable(value: Any) -> Any:
    """Policies by what they say: one text is a list of it, and the order in a list says nothing."""
    if isinstance(value, str) and value.startswith("{"):
        return comparable(json.loads(value))
    if isinstance(value, Mapping):
        return {name: comparable(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        found = sorted((comparable(one) for one in value), key=lambda one: json.dumps(one, sort_keys=True))
        return found[0] if len(found) == 1 and isinstance(found[0], str) else found
    return value


def test_what_is_unknown_by_reference_is_what_the_apply_makes(made: Made, root: MakeRoot) -> None:
    planned, state, *_ = made(root)
    after, judged = by_address(state), 0
    for one in planned.resources:
        for name, value in one.values.items():
            own = {f"{one.address}.{name}", f"{one.address}.{name} (known after apply)"}
            names = {found for _, leaf in leaves(value) for found in missing_of(leaf)}
            if names and not one.is_data and not names & own:
                judged += 1
                assert comparable(filled(value, after)) == comparable(after[one.address].values[name]), (
                    one.address,
                    name,
                )
    assert judged >= 3


def test_every_unknown_value_is_followed_to_the_attribute_that_it_comes_from(made: Made, root: MakeRoot) -> None:
    found = [leaf for one in made(root).planned.resources for _, leaf in leaves(one.values)]
    assert found
    assert [name for leaf in found for name in missing_of(leaf) if name.endswith("(known after apply)")] == []


def test_plan_state_and_the_next_plan_have_the_same_resources(made: Made, root: MakeRoot) -> None:
    planned, state, unchanged, _ = made(root)
    assert planned.problems == state.problems == unchanged.problems == ()
    assert set(by_address(planned)) == set(by_address(state)) == set(by_address(unchanged))
    providers = {one.provider for reading in (planned, unchanged) for one in reading.resources}
    assert providers in ({"aws"}, {"aws", "aws.audit"})
    assert len({one.provider for one in state.resources}) == len(providers)


def test_plan_state_the_next_plan_and_the_source_are_the_same_account(made: Made, root: MakeRoot) -> None:
    planned, state, unchanged, source = (account(reading.resources) for reading in made(root))
    assert state == unchanged
    assert planned == state
    assert source == state


def test_what_is_planned_has_the_places_of_the_source(made: Made, root: MakeRoot) -> None:
    planned, *_, source = made(root)
    placed = with_places(planned.resources, source.resources)
    written = {one.address: one.place for one in source.resources}
    assert {one.address: one.place for one in placed if one.place.span} == written
    policies = [one.values["policy"] for one in placed if "policy" in one.values and not one.is_data]
    assert policies
    for policy in policies:
        assert isinstance(policy, Written)
        assert policy.origin.place(("Statement", 0)).span


def account(resources: Sequence[Resource]) -> list[list[list[str]]]:
    """The accounts as lines, the parts of each in one order: that of a set in a plan is another than in a state."""
    return sorted(sorted(sorted(re.split(r"[,;() ]+", line)) for line in lines(built)) for built in accounts(resources))
