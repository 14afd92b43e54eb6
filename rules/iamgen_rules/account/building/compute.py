"""What runs with a role: the compute of the escalation paths that take it over.

ARNs are those of the Service Authorization Reference. A region that is not known is each that the policies speak of:
whoever is confined to one may mean this one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from iamgen_rules.account.building.building import Building
from iamgen_rules.account.building.names import Holder
from iamgen_rules.account.building.texts import argument, blocks, shown, strings, text
from iamgen_rules.account.model import ACCOUNT, Compute
from iamgen_rules.account.resource import Plain, Resource
from iamgen_rules.errors import Problem
from iamgen_rules.policy.text import Text, Unknown

_REGION = re.compile(r"\b(?:[a-z]{2}(?:-gov|-iso[a-z]?)?)-(?:north|south|east|west|central)[a-z]*-\d\b")
_DEFAULT_REGION = "us-east-1"
_ANY = "00000000000000000"


class _Runs(NamedTuple):
    """The ARN of a type of compute from its service on; where its role is, in a block or not."""

    service: str
    resource: str
    role: tuple[str, ...]


_BY_ROLE: Mapping[str, _Runs] = {
    "aws_apprunner_service": _Runs(
        "apprunner", "service/{service_name}/*", ("instance_configuration", "instance_role_arn")
    ),
    "aws_bedrockagent_agent": _Runs("bedrock", "agent/*", ("agent_resource_role_arn",)),
    "aws_cloudformation_stack": _Runs("cloudformation", "stack/{name}/*", ("iam_role_arn",)),
    "aws_cloudformation_stack_set": _Runs("cloudformation", "stackset/{name}:*", ("administration_role_arn",)),
    "aws_codebuild_project": _Runs("codebuild", "project/{name}", ("service_role",)),
    "aws_ecs_task_definition": _Runs("ecs", "task-definition/{family}:1", ("task_role_arn",)),
    "aws_glue_dev_endpoint": _Runs("glue", "devEndpoint/{name}", ("role_arn",)),
    "aws_glue_job": _Runs("glue", "job/{name}", ("role_arn",)),
    "aws_lambda_function": _Runs("lambda", "function:{function_name}", ("role",)),
    "aws_sagemaker_notebook_instance": _Runs("sagemaker", "notebook-instance/{name}", ("role_arn",)),
    "aws_sfn_state_machine": _Runs("states", "stateMachine:{name}", ("role_arn",)),
}  # fmt: skip
_BY_PROFILE: Mapping[str, _Runs] = {
    "aws_instance": _Runs("ec2", "instance/i-*", ("iam_instance_profile",)),
    "aws_launch_template": _Runs("ec2", "launch-template/lt-*", ("iam_instance_profile", "name", "arn")),
}
COMPUTE = frozenset(_BY_ROLE) | frozenset(_BY_PROFILE)


def compute(building: Building, resources: Sequence[Resource]) -> tuple[Compute, ...]:
    """All that runs with a role that is declared, in the order of the resources."""
    found: list[Compute] = []
    used = [one for one in resources if one.type in COMPUTE and not one.is_data]
    if not used:
        return ()
    regions = _regions(resources)
    profiles = dict(_profiles(building, resources))
    for resource in used:
        runs = _BY_ROLE.get(resource.type) or _BY_PROFILE[resource.type]
        for value in _roles(resource, runs.role):
            roles = _roles_of(building, resource, value, profiles if resource.type in _BY_PROFILE else None)
            found += [
                Compute(arn, building.drafts[role].name, resource.place, resource.address)
                for role in roles
                for arn in _arns(building, resource, runs, regions)
            ]
    return tuple(found)


def _roles(resource: Resource, path: Sequence[str]) -> Iterator[Text]:
    """The role or instance profile as it is written; in a block, under one of several names."""
    value = argument(resource, path[0])
    if len(path) == 1:
        yield from _texts([value])
    else:
        for block in blocks(value):
            yield from _texts([block] if isinstance(block, Unknown) else [block.get(name) for name in path[1:]])


def _texts(values: Iterable[Plain]) -> Iterator[Text]:
    yield from (found for found in map(text, values) if found)


def _roles_of(
    building: Building, resource: Resource, value: Text, profiles: Mapping[str, list[Holder]] | None
) -> list[Holder]:
    """The roles that a text means; through instance profiles, where these are given."""
    if profiles is None:
        found = _surely(building, value, resource)
    else:
        found = profiles.get(shown(building.names.resolved(value)).rpartition("/")[2].lower(), [])
    return [one for one in found if one in building.drafts]


def _surely(building: Building, value: Text, resource: Resource) -> list[Holder]:
    """The role; where it is not known nobody is."""
    found = list(building.names.holders("role", value))
    if not found or any(one.missing for one in found):
        building.unplaced[Problem(resource.place, f"runs with a role that is not known: {shown(value)}")] = None
    return [one.holder for one in found if not one.missing]


def _profiles(building: Building, resources: Iterable[Resource]) -> Iterator[tuple[str, list[Holder]]]:
    """Instance profiles: their roles by name, and by the references that are not known before the apply."""
    for one in resources:
        if one.type == "aws_iam_instance_profile" and not one.is_data:
            role = text(argument(one, "role"))
            roles = _surely(building, role, one) if role else []
            name = text(argument(one, "name"))
            for called in (name, *(Unknown(f"{one.address}.{attribute}") for attribute in ("name", "id", "arn"))):
                if called is not None:
                    yield shown(called).lower(), roles


def _arns(building: Building, resource: Resource, runs: _Runs, regions: Iterable[str]) -> Iterator[str]:
    names = {name: shown(building.names.resolved(one)) for name, one in _named(resource)}
    rest = re.sub(r"\{(\w+)\}", lambda found: names.get(found[1], resource.address), runs.resource)
    for region in regions:
        yield f"arn:{building.names.ids.partition}:{runs.service}:{region}:{ACCOUNT}:{rest.replace('*', _ANY)}"


def _named(resource: Resource) -> Iterator[tuple[str, Text]]:
    for name in ("name", "family", "function_name", "service_name"):
        found = text(argument(resource, name))
        if found is not None:
            yield name, found


def _regions(resources: Iterable[Resource]) -> list[str]:
    """Those that the resources speak of."""
    found = {region for one in resources for piece in strings(one.values) for region in _REGION.findall(piece)}
    return sorted(found) or [_DEFAULT_REGION]
