"""Plans that nobody's Terraform wrote: an answer or an InputError, never anything else."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iamgen_rules.account.from_resources import accounts
from iamgen_rules.errors import InputError
from iamgen_rules.plan.read import read
from plan.made import Data, change, configured, held, plan, reading, state, values

DOCUMENT = "data.aws_iam_policy_document.d"
PLAN = plan(
    [
        change("aws_iam_user.u", {"name": "u"}, {"arn": True, "id": True}),
        change('aws_iam_policy.p["a"]', {"name": "p"}, {"arn": True, "policy": True}, index="a"),
        change("module.m.aws_x.this", {"part": [{"name": "a"}]}, {"policy_arn": True, "part": [{"values": True}]}),
        change(
            DOCUMENT,
            {"statement": [{"actions": ["a"], "resources": [None], "condition": [{"test": "t", "variable": "v"}]}]},
            {"json": True, "statement": [{"resources": [True], "condition": [{"values": [True]}]}]},
            "read",
        ),
    ],
    [
        configured("aws_iam_user.u", name={"constant_value": "u"}),
        configured("aws_iam_policy.p", policy=[f"{DOCUMENT}.json", DOCUMENT], for_each_expression=["aws_iam_user.u"]),
        configured(DOCUMENT, statement=[{"resources": ["aws_iam_user.u.arn", "aws_iam_user.u"]}]),
    ],
    {
        "m": {
            "expressions": {"x": {"references": ["aws_iam_policy.p", "each.key"]}},
            "module": {
                "resources": [configured("aws_x.this", policy_arn=["var.x"], part=[{"values": ["each.value"]}])]
            },
        }
    },
    prior_state=state(
        held("aws_iam_role.r", name="r", managed_policy_arns=["x"], inline_policy=[{"name": "i", "policy": "p"}]),
        child_modules=[{"address": "module.n[0]", "resources": [held("module.n[0].aws_iam_user.v", name="v")]}],
    ),
)
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=5)
    | st.sampled_from(["module.m", 'aws_iam_policy.p["a"]', "var.x", "each.value", "module.m.x", DOCUMENT, "{}"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=5,
)  # fmt: skip


def places(data: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The paths to everything in the data."""
    inner = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [path, *(found for key, one in inner for found in places(one, (*path, key)))]


def changed(data: Any, path: tuple[Any, ...], to: Any) -> Any:
    """The data with something else in one place."""
    if not path:
        return to
    key, *rest = path
    inner = list(data.items()) if isinstance(data, dict) else list(enumerate(data)) if isinstance(data, list) else []
    if not inner:
        return data
    made = {name: changed(one, tuple(rest), to) if name == key else one for name, one in inner}
    return made if isinstance(data, dict) else list(made.values())


@given(st.lists(st.tuples(st.sampled_from(places(PLAN)), ANYTHING), min_size=1, max_size=3))
def test_whatever_stands_in_a_plan(changes: list[tuple[tuple[Any, ...], Any]]) -> None:
    data: Any = PLAN
    for path, to in changes:
        if path in places(data):
            data = changed(data, path, to)
    with suppress(InputError):
        assert read(json.dumps(data).encode(), "plan.json").kind in ("plan", "state")


REAL: Any = json.loads(Path(__file__).with_name("first_plan.json").read_bytes())  # as Terraform 1.11.4 showed it


@settings(max_examples=30)
@given(st.lists(st.tuples(st.sampled_from(places(REAL)), ANYTHING), min_size=1, max_size=3))
def test_whatever_becomes_of_a_real_plan(changes: list[tuple[tuple[Any, ...], Any]]) -> None:
    data = REAL
    for path, to in changes:
        data = changed(data, path, to)
    with suppress(InputError):
        accounts(read(json.dumps(data).encode(), "plan.json").resources)


@given(st.binary(max_size=50))
def test_whatever_the_bytes_are(data: bytes) -> None:
    with pytest.raises(InputError):
        read(data, "plan.json")


@pytest.mark.parametrize(
    "address", ["", ".", "aws_iam_user", "aws_iam_user.u.v.w", "aws_iam_user.u[", "module.m.aws_iam_user.u", "a..b"]
)
def test_what_is_no_address_is_refused(address: str) -> None:
    one = {**held("aws_iam_user.u", name="u"), "address": address, "type": ""}
    with pytest.raises(InputError, match="is not the address of an instance"):
        reading(state(one))


@pytest.mark.parametrize("module", ["m", "module", "module.m.n", "modul.m", "module.m.", 'module["x"].m'])
def test_what_is_no_module_is_refused(module: str) -> None:
    one = {**change("aws_iam_user.u", {}), "address": f"{module}.aws_iam_user.u", "module_address": module}
    with pytest.raises(InputError, match="is not the address of an instance"):
        reading(plan([one]))


def nested_calls(depth: int) -> Data:
    """Module calls in module calls, each handing on what it was given."""
    inner: Data = {"resources": [configured("aws_x.this", policy_arn=["var.x"])]}
    for _ in range(depth - 1):
        inner = {"module_calls": {"m": {"expressions": {"x": {"references": ["var.x"]}}, "module": inner}}}
    return {"m": {"expressions": {"x": {"references": ["local.x"]}}, "module": inner}}


def test_modules_are_followed_as_deeply_as_people_nest_them() -> None:
    address = ".".join(["module.m"] * 30) + ".aws_x.this"
    asking = {**change("aws_x.this", {}, {"policy_arn": True}), "address": address, "module_address": address[:-11]}
    found = values(plan([asking], (), nested_calls(30)), address)
    assert [getattr(one, "name", None) for one in found.values()] == ["local.x"]


def test_modules_that_are_nested_too_deeply_are_refused() -> None:
    address = ".".join(["module.m"] * 280) + ".aws_x.this"
    asking = {**change("aws_x.this", {}, {"policy_arn": True}), "address": address, "module_address": address[:-11]}
    with pytest.raises(InputError, match="nested too deeply"):
        reading(plan([asking], (), nested_calls(280)))
