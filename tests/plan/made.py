"""Plans as `terraform show -json` tells them, out of as little as a test has to say."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from iamgen_rules.account.resource import Plain, Resource
from iamgen_rules.plan.read import Reading, read

Data = dict[str, Any]


def parted(address: str) -> tuple[str, str, str, str]:
    """Module, mode, type and name of an address, whose keys have no dots."""
    *module, kind, name = address.partition("[")[0].split(".") if "module." not in address else address.split(".")
    mode = "managed"
    if module and module[-1] == "data":
        mode = "data"
        module.pop()
    return ".".join(module), mode, kind, name.partition("[")[0]


def change(address: str, after: Data, unknown: Data | None = None, *actions: str, **more: Any) -> Data:
    """One of `resource_changes`; a creation unless told otherwise."""
    module, mode, kind, name = parted(address)
    what = {"actions": list(actions) or ["create"], "after": after, "after_unknown": unknown or {}}
    within = {"module_address": module} if module else {}
    return {"address": address, **within, "mode": mode, "type": kind, "name": name, "change": what, **more}


def configured(address: str, key: str = "aws", **expressions: Any) -> Data:
    """A resource of the configuration: `policy_arn=["aws_iam_policy.p.arn", "aws_iam_policy.p"]`, or an expression."""
    _, mode, kind, name = parted(address)
    found: Data = {"address": address, "mode": mode, "type": kind, "name": name, "provider_config_key": key}
    for meta in ("for_each_expression", "count_expression"):
        if meta in expressions:
            found[meta] = refers(expressions.pop(meta))
    return {**found, "expressions": {name: refers(one) for name, one in expressions.items()}}


def refers(expression: Any) -> Any:
    """A list of texts as references; blocks as they are, with their expressions."""
    if isinstance(expression, list):
        if all(isinstance(one, str) for one in expression):
            return {"references": expression}
        return [{name: refers(one) for name, one in block.items()} for block in expression]
    return expression


def plan(changes: Sequence[Data], configuration: Sequence[Data] = (), calls: Data | None = None, **more: Any) -> Data:
    """A plan; `calls` are the module calls of its root module."""
    root: Data = {"resources": list(configuration), "module_calls": calls or {}}
    return {
        "format_version": "1.2",
        "resource_changes": list(changes),
        "configuration": {"root_module": root},
        **more,
    }


def state(*resources: Data, **more: Any) -> Data:
    """A state with the resources in its root module."""
    return {"format_version": "1.0", "values": {"root_module": {"resources": list(resources), **more}}}


def held(address: str, **values: Any) -> Data:
    """A resource of a state."""
    _, mode, kind, name = parted(address)
    return {"address": address, "mode": mode, "type": kind, "name": name, "values": values}


def reading(data: object) -> Reading:
    """What is read out of it."""
    return read(json.dumps(data).encode(), "plan.json")


def resources(data: object) -> dict[str, Resource]:
    """The resources by address."""
    return {one.address: one for one in reading(data).resources}


def values(data: object, address: str) -> Mapping[str, Plain]:
    """The values of one resource."""
    return resources(data)[address].values


ALICE = change("aws_iam_user.alice", {"name": "alice", "path": "/"}, {"arn": True, "id": True})
GATE = change("aws_iam_policy.gate", {"name": "gate"}, {"arn": True, "id": True})
ARN = ["aws_iam_policy.gate.arn", "aws_iam_policy.gate"]
