"""What a role repeats of other resources: the provider reads back all policies of a role, whoever attached them.

Source: `managed_policy_arns` and `inline_policy` of "aws_iam_role" (AWS provider documentation): both are exclusive
where they are set, and computed where they are not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from iamgen_rules.account.resource import Plain, Resource
from iamgen_rules.plan.tree import listed
from iamgen_rules.policy.text import Unknown

_ARNS, _INLINE = "managed_policy_arns", "inline_policy"


def without_echoes(
    resources: Sequence[Resource], written: Callable[[Resource], Mapping[str, object]]
) -> Iterator[Resource]:
    """The resources, roles without what only repeats others. `written` gives the arguments of the configuration.

    What no other resource of the role says stays: a state does not tell whether it was written, and `inline_policy`
    may come from a dynamic block, which a plan does not show.
    """
    held = _held(resources)
    for one in resources:
        repeated = _repeated(one, held, written(one)) if one.type == "aws_iam_role" and not one.is_data else set[str]()
        yield replace(one, values={name: value for name, value in one.values.items() if name not in repeated})


def _repeated(role: Resource, held: Mapping[str, set[str]], written: Mapping[str, object]) -> set[str]:
    others = set[str]().union(*(held.get(name, ()) for name in _names(role)))
    said = {
        _ARNS: [_plain(one) for one in listed(role.values.get(_ARNS))],
        _INLINE: _inline(role.values.get(_INLINE)),
    }
    computed = {_ARNS} if written else set[str]()
    return {name for name in said if name not in written and (name in computed or others.issuperset(said[name]))}


def _held(resources: Sequence[Resource]) -> Mapping[str, set[str]]:
    """Which ARNs are attached and which inline policies put, by role: its name, or a reference."""
    held: dict[str, set[str]] = defaultdict(set)
    for one in resources:
        if one.type == "aws_iam_role_policy_attachment":
            held[_plain(one.values.get("role"))].add(_plain(one.values.get("policy_arn")))
        elif one.type == "aws_iam_role_policy":
            held[_plain(one.values.get("role"))].add(_plain(one.values.get("name")))
        elif one.type == "aws_iam_policy_attachment":
            for role in listed(one.values.get("roles")):
                held[_plain(role)].add(_plain(one.values.get("policy_arn")))
    return held


def _names(role: Resource) -> list[str]:
    return [_plain(role.values.get("name")), *(f"{role.address}.{attribute}" for attribute in ("name", "id", "arn"))]


def _inline(value: Plain) -> list[str]:
    """The names of inline policies, or of what decides them; an empty block is none."""
    given = (
        one for one in listed(value) if isinstance(one, Unknown) or (isinstance(one, Mapping) and one.get("policy"))
    )
    return [_plain(one.get("name") if isinstance(one, Mapping) else one) for one in given]


def _plain(value: Plain) -> str:
    return value if isinstance(value, str) else value.name if isinstance(value, Unknown) else ""
