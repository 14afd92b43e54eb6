"""Writes `rules/iamgen_rules/data/aws_schema.json` from `terraform providers schema -json` on standard input."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

SCHEMA = Path(__file__).resolve().parent.parent / "rules" / "iamgen_rules" / "data" / "aws_schema.json"
PROVIDER = "/hashicorp/aws"  # behind the host of a registry
FAMILIES = ("aws_iam_", "aws_ssoadmin_", "aws_organizations_policy")
COMPUTE = (
    "aws_apprunner_service",
    "aws_bedrockagent_agent",
    "aws_cloudformation_stack",
    "aws_cloudformation_stack_set",
    "aws_codebuild_project",
    "aws_datapipeline_pipeline",
    "aws_ecs_service",
    "aws_ecs_task_definition",
    "aws_glue_dev_endpoint",
    "aws_glue_job",
    "aws_instance",
    "aws_lambda_function",
    "aws_launch_template",
    "aws_sagemaker_notebook_instance",
    "aws_sfn_state_machine",
)
DATA_SOURCES = ("aws_arn", "aws_caller_identity", "aws_partition", "aws_region", "aws_service_principal")


def main() -> None:
    """Write the snapshot; the argument is the provider's version."""
    SCHEMA.write_bytes(build(json.load(sys.stdin), sys.argv[1]))


def build(said: Mapping[str, Any], version: str) -> bytes:
    """What iamgen needs of the provider's schema, the same bytes for the same schema."""
    provider = next(schema for name, schema in said["provider_schemas"].items() if name.endswith(PROVIDER))
    snapshot = {
        "source": f"hashicorp/aws {version}",
        "resource": _wanted(provider["resource_schemas"], COMPUTE),
        "data": _wanted(provider["data_source_schemas"], DATA_SOURCES),
    }
    return json.dumps(snapshot, sort_keys=True, separators=(",", ":")).replace('"aws_', '\n"aws_').encode() + b"\n"


def _wanted(schemas: Mapping[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    return {name: _block(schemas[name]["block"]) for name in schemas if name in names or name.startswith(FAMILIES)}


def _block(block: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "attributes": {
            name: [one.get("type", "dynamic"), _flags(one)] for name, one in block.get("attributes", {}).items()
        },
        "blocks": {
            name: [one["nesting_mode"], _block(one["block"])] for name, one in block.get("block_types", {}).items()
        },
    }


def _flags(attribute: Mapping[str, Any]) -> str:
    return "".join(flag[0] for flag in ("required", "optional", "computed") if attribute.get(flag))


if __name__ == "__main__":
    main()
