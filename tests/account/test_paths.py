"""Every escalation path that is known makes an administrator, behind the gate or not; with less of it nobody is one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pytest

from account.account_build import NOW, account
from iamgen_rules.account.judging import judge
from iamgen_rules.account.model import Ref
from iamgen_rules.policy.escalation import Path, known_sets, paths

ALICE = Ref("user", "alice")
ADMIN = "AdministratorAccess"
COMPUTE = {
    "apprunner-002": "apprunner:{}:service/app/8fe1e10304f84fd2b0df550fe98a71fa",
    "bedrock-002": "bedrock-agentcore:{}:code-interpreter-custom/app-1",
    "cloudformation-002": "cloudformation:{}:stack/base/1",
    "cloudformation-004": "cloudformation:{}:stackset/base:1",
    "cloudformation-005": "cloudformation:{}:stack/base/1",
    "codebuild-002": "codebuild:{}:project/app",
    "codebuild-003": "codebuild:{}:project/app",
    "ec2-002": "ec2:{}:instance/i-1",
    "ec2-004": "ec2:{}:launch-template/lt-1",
    "ec2instanceconnect-003": "ec2:{}:instance/i-1",
    "glue-002": "glue:{}:devEndpoint/app",
    "lambda-003": "lambda:{}:function:app",
    "lambda-004": "lambda:{}:function:app",
    "lambda-005": "lambda:{}:function:app",
    "sagemaker-004": "sagemaker:{}:notebook-instance/app",
    "sagemaker-005": "sagemaker:{}:notebook-instance/app",
    "ssm-001": "ec2:{}:instance/i-1",
    "ssm-002": "ec2:{}:instance/i-1",
}
SETS = {
    "rhino-26": "lambda:{}:function:app",
    "cloudsplaining-ECSExecuteCommandOnRunningTask": "ecs:{}:task/base/1",
}
RETIRED = {"rhino-23", "rhino-24", "rhino-25"}
NOT_STARTED = {"rhino-22", "cloudsplaining-PassExistingRoleToNewDataPipeline"}
NEW = [path for path in paths() if path.category == "new-passrole" and path.passed_to]
IAM = [path for path in paths() if path.category in ("self-escalation", "principal-access")]
EXISTING = [path for path in paths() if path not in NEW and path not in IAM]


def said(raw: Mapping[str, Any]) -> str:
    found = judge(account(raw), NOW)[ALICE]
    return f"{found.klass} {found.verdict}"


def alice(actions: Iterable[str], *attached: str) -> dict[str, Any]:
    statement = {"allow": sorted(actions), "on": "*"}
    return {"alice": {"inline": {"a": [statement]}, "attached": list(attached), "groups": ["staff"]}}


def app(*services: str, attached: Iterable[str] = (ADMIN,)) -> dict[str, Any]:
    trust = [{"Effect": "Allow", "Principal": {"Service": list(services)}, "Action": "sts:AssumeRole"}]
    return {"App": {"trust": trust, "attached": list(attached)}}


def passing(actions: Iterable[str], *attached: str, roles: dict[str, Any]) -> str:
    return said({"users": alice(actions, *attached), "groups": {"staff": {}}, "roles": roles})


def taking(arn: str, actions: Iterable[str], *attached: str, roles: dict[str, Any]) -> str:
    compute = [{"arn": f"arn:aws:{arn.format('eu-west-1:ACCOUNT')}", "role": "App"}]
    return said({"users": alice(actions, *attached), "groups": {"staff": {}}, "roles": roles, "compute": compute})


@pytest.mark.parametrize("path", IAM, ids=lambda path: path.id)
def test_a_path_of_iam_on_any_name(path: Path) -> None:
    roles = {"Ops": {"trust": "trust-account", "attached": [ADMIN]}}
    klass = "assume" if path.actions == ("sts:AssumeRole",) else "escalation"
    for attached, verdict in (((), "ungated"), (("gate",), "gated")):
        raw = {"users": alice(path.actions, *attached), "groups": {"staff": {}}, "roles": roles}
        assert said(raw) == f"{klass} {verdict}"


@pytest.mark.parametrize("path", NEW, ids=lambda path: path.id)
def test_a_role_is_passed_to_new_compute(path: Path) -> None:
    for service in path.passed_to:
        assert passing(path.actions, roles=app(service)) == "escalation ungated"
    roles = app(*path.passed_to)
    assert passing(path.actions, "gate", roles=roles) == "escalation gated"
    assert passing(path.actions, roles=app("backup.amazonaws.com")) == "none not-admin"
    assert passing(path.actions, roles=app(*path.passed_to, attached=["ReadOnlyAccess"])) == "none not-admin"


@pytest.mark.parametrize("path", NEW, ids=lambda path: path.id)
def test_an_action_less_is_no_path_unless_the_rest_is_another(path: Path) -> None:
    for left_out in path.actions:
        rest = set(path.actions) - {left_out}
        if not any(set(other.actions) <= rest for other in NEW):
            assert passing(rest, roles=app(*path.passed_to)) == "none not-admin"


def test_each_existing_compute_has_an_arn_here() -> None:
    assert {path.id for path in EXISTING} == COMPUTE.keys()


@pytest.mark.parametrize(
    ("arn", "actions"),
    [pytest.param(COMPUTE[path.id], path.actions, id=path.id) for path in EXISTING]
    + [pytest.param(arn, known_sets()[name], id=name) for name, arn in SETS.items()],
)
def test_declared_compute_is_taken_over(arn: str, actions: Iterable[str]) -> None:
    roles = app("lambda.amazonaws.com", "cloudformation.amazonaws.com")
    assert taking(arn, actions, roles=roles) == "escalation ungated"
    assert taking(arn, actions, "gate", roles=roles) == "escalation gated"
    assert taking(arn, actions, roles=app("lambda.amazonaws.com", attached=())) == "none not-admin"
    assert passing(actions, roles=roles) == "none not-admin"


def test_other_catalogues_know_nothing_more() -> None:
    known = [set(path.actions) for path in paths()] + [{"iam:SetDefaultPolicyVersion"}]
    more = {name for name, actions in known_sets().items() if not any(path <= actions for path in known)}
    assert more == SETS.keys() | RETIRED | NOT_STARTED
