"""What is taken for a plan or state, and what is said of everything else."""

from __future__ import annotations

import json

import pytest

from iamgen_rules.errors import InputError
from iamgen_rules.plan.input import MOST_BYTES, MOST_PARTS, accepted
from iamgen_rules.plan.read import read

EMPTY_PLAN = {"format_version": "1.2", "resource_changes": [], "planned_values": {"root_module": {}}}
EMPTY_STATE = {"format_version": "1.0"}
STATE_FILE = {"version": 4, "terraform_version": "1.11.4", "lineage": "x", "resources": []}


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (EMPTY_PLAN, "plan"),
        ({**EMPTY_PLAN, "format_version": "0.1"}, "plan"),
        ({**EMPTY_PLAN, "format_version": "1.99"}, "plan"),
        (EMPTY_STATE, "state"),
        ({**EMPTY_STATE, "terraform_version": "1.11.4"}, "state"),
        ({**EMPTY_STATE, "values": {"root_module": {}}}, "state"),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])  # what shells of Windows write
def test_a_plan_and_a_state_are_taken(data: object, kind: str, encoding: str) -> None:
    found = read(json.dumps(data).encode(encoding), "plan.json")
    assert (found.kind, found.resources, found.problems) == (kind, (), ())


REFUSED = {
    b"": "not JSON",
    b"Terraform will perform the following actions:": "not JSON",
    b"\xff\xfe\x00": "not JSON",
    b"[]": "neither a plan nor a state",
    b'"text"': "neither a plan nor a state",
    b"{}": "neither a plan nor a state",
    b'{"resource": {"aws_iam_user": {}}}': "neither a plan nor a state",
    b"PK\x03\x04\x14\x00": "a saved plan is not JSON",
    json.dumps(STATE_FILE).encode(): "a state file",
    b'{"encrypted_data": "x", "encryption_version": "v0"}': "encrypted by OpenTofu",
    b'{"format_version": "1.0", "provider_schemas": {}}': "neither a plan nor a state",
    b'{"format_version": "2.0", "values": {}}': "format_version '2.0' is not known",
    b'{"format_version": 1, "values": {}}': "format_version 1 is not known",
    b'{"@level":"info","type":"version"}\n{"@level":"info"}': "the log of a command",
    b'{"format_version": "1.0", "values": NaN}': "NaN is no number of JSON",
    b'{"format_version": "1.0", "values": ' + b"9" * 5000 + b"}": "a number of 5000 digits",
    b"[" * 200_000: "nested too deeply",
    b'{"format_version":"1.0","values":' + b'{"root_module":' * 200_000: "nested too deeply",
}


@pytest.mark.parametrize("data", REFUSED)
def test_all_else_is_refused_with_what_it_is(data: bytes) -> None:
    with pytest.raises(InputError) as caught:
        read(data, "given.json")
    (problem,) = caught.value.problems
    assert problem.place.document == "given.json"
    assert problem.message.startswith(REFUSED[data]) or REFUSED[data] in problem.message


@pytest.mark.parametrize("data", [b"PK\x03\x04", json.dumps(STATE_FILE).encode(), b"{}", b"no"])
def test_what_is_refused_names_the_command_that_helps(data: bytes) -> None:
    with pytest.raises(InputError, match="terraform show -json"):
        accepted(data, "given.json")


class Huge(bytes):
    """Bytes that say to be more than there are."""

    def __len__(self) -> int:
        """One too many."""
        return MOST_BYTES + 1


def test_what_is_too_large_is_not_even_parsed() -> None:
    with pytest.raises(InputError, match="more than 128 MiB"):
        accepted(Huge(b"{}"), "given.json")


def test_what_is_short_but_takes_much_memory_is_not_parsed() -> None:
    with pytest.raises(InputError, match="more than 16,000,000 values"):
        accepted(b'{"format_version": "1.0", "values": [' + b"[]," * (MOST_PARTS // 2) + b"1]}", "given.json")


@pytest.mark.parametrize("nothing", [None, [], "text", 1, {"root_module": []}, {"root_module": {"resources": [1, {}]}}])
@pytest.mark.parametrize("key", ["values", "resource_changes", "configuration", "prior_state", "deferred_changes"])
def test_what_is_not_as_it_should_be_is_empty(key: str, nothing: object) -> None:
    assert not [one for one in read(json.dumps({**EMPTY_PLAN, key: nothing}).encode(), "x").resources if one.address]
