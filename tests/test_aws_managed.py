"""The snapshot of AWS-managed policies: names, paths, documents, and that it is what the script writes."""

from __future__ import annotations

import json
import re
import runpy
import zlib
from collections.abc import Callable
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest

from iamgen_rules.policy import aws_managed
from iamgen_rules.policy.document import Document
from iamgen_rules.policy.of_aws import by_arn
from iamgen_rules.policy.parse import parse

SCRIPT = Path(__file__).resolve().parent.parent / "scripts" / "refresh_data.py"


@pytest.mark.parametrize(
    ("name", "suffix"),
    [
        ("AdministratorAccess", "AdministratorAccess"),
        ("ReadOnlyAccess", "ReadOnlyAccess"),
        ("IAMFullAccess", "IAMFullAccess"),
        ("ViewOnlyAccess", "job-function/ViewOnlyAccess"),
        ("AWSLambdaBasicExecutionRole", "service-role/AWSLambdaBasicExecutionRole"),
        ("IAMAuditRootUserCredentials", "root-task/IAMAuditRootUserCredentials"),
        ("administratoraccess", None),
        ("job-function/ViewOnlyAccess", None),
        ("", None),
    ],
)
def test_a_name_gives_what_follows_policy_in_the_arn(name: str, suffix: str | None) -> None:
    assert aws_managed.suffix(name) == suffix


def test_a_document_is_found_by_name_and_by_suffix() -> None:
    everything = {"Version": "2012-10-17", "Statement": [{"Action": "*", "Effect": "Allow", "Resource": "*"}]}
    assert aws_managed.document("AdministratorAccess") == everything
    assert aws_managed.document("job-function/ViewOnlyAccess") == aws_managed.document("ViewOnlyAccess") is not None


@pytest.mark.parametrize("name", ["", "/", "Nobody", "job-function/AdministratorAccess", "/AdministratorAccess"])
def test_there_is_no_document_under_a_wrong_name(name: str) -> None:
    assert aws_managed.document(name) is None


def test_every_policy_has_a_document_with_statements() -> None:
    names = aws_managed.names()
    assert len(names) > 1500
    assert list(names) == sorted(names)
    for name in names:
        document = aws_managed.document(name)
        assert document is not None, name
        assert document["Statement"], name
        assert (aws_managed.suffix(name) or "").endswith(name)


def test_only_the_block_asked_for_is_read() -> None:
    aws_managed._block.cache_clear()
    aws_managed.document("AdministratorAccess")
    aws_managed.document("AdministratorAccess")
    assert aws_managed._block.cache_info().misses == 1


@pytest.mark.parametrize("partition", ["aws", "aws-cn", "aws-us-gov", "aws-iso", "aws-iso-b", "aws-iso-e", "aws-eusc"])
def test_an_arn_of_aws_gives_a_document_in_any_partition(partition: str) -> None:
    everything = parse({"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}})
    assert by_arn(f"arn:{partition}:iam::aws:policy/AdministratorAccess") == everything
    assert by_arn(f"arn:{partition}:iam::aws:policy/job-function/ViewOnlyAccess") != everything


def test_the_arns_in_a_policy_are_of_its_partition() -> None:
    for partition in ("aws", "aws-cn"):
        found = by_arn(f"arn:{partition}:iam::aws:policy/IAMUserChangePassword")
        assert found is not None
        assert found.statements[0].resources.values[0] == f"arn:{partition}:iam::*:user/${{aws:username}}"


@pytest.mark.parametrize(
    "suffix", ["Nobody", "administratoraccess", "ViewOnlyAccess", "job-function/AdministratorAccess", "x/y", " ", "\n"]
)
def test_what_the_snapshot_has_not_is_unknown_by_its_arn(suffix: str) -> None:
    arn = f"arn:aws:iam::aws:policy/{suffix}"
    assert by_arn(arn) == Document(missing=frozenset({arn}))


@pytest.mark.parametrize(
    "arn",
    [
        "",
        "AdministratorAccess",
        "arn:aws:iam::111122223333:policy/AdministratorAccess",
        "arn:aws:iam::aws:role/AdministratorAccess",
        "arn:aws:iam::aws:policy/",
        "ARN:AWS:IAM::AWS:POLICY/AdministratorAccess",
        "arn:aws:iam:eu-west-1:aws:policy/AdministratorAccess",
    ],
)
def test_another_arn_is_not_of_aws(arn: str) -> None:
    assert by_arn(arn) is None


def test_every_policy_is_read() -> None:
    for name in aws_managed.names():
        found = by_arn(f"arn:aws:iam::aws:policy/{aws_managed.suffix(name)}")
        assert found is not None
        assert found.statements, name
        assert not found.missing, name


def test_the_snapshot_has_a_date() -> None:
    assert re.fullmatch(r"20[0-9]{2}-[01][0-9]-[0-3][0-9]", aws_managed.snapshot_date())


@pytest.fixture(scope="module")
def script() -> dict[str, Any]:
    return runpy.run_path(str(SCRIPT))


def test_the_committed_snapshot_is_what_the_script_writes(script: dict[str, Any]) -> None:
    """Compared unpacked: zlib's bytes differ between its versions."""
    pytest.importorskip("moto")
    if aws_managed.source() != f"moto {metadata.version('moto')}":
        pytest.skip(f"the snapshot is of {aws_managed.source()}")
    built = script["build"](script["moto_policies"](), aws_managed.source())
    index = json.loads(built[aws_managed.INDEX])
    committed = json.loads(aws_managed._read(aws_managed.INDEX))
    assert {**index, "blocks": None} == {**committed, "blocks": None}
    assert _unpack(index, built[aws_managed.BLOCKS]) == _unpack(committed, aws_managed._read(aws_managed.BLOCKS))


def _unpack(index: dict[str, Any], blocks: bytes) -> list[bytes]:
    return [zlib.decompress(blocks[start:end]) for start, end in index["blocks"]]


def test_the_script_writes_the_same_bytes_in_any_order(script: dict[str, Any]) -> None:
    build: Callable[[dict[str, Any], str], dict[str, bytes]] = script["build"]
    policies = {
        f"Policy{number:03}": {"Path": "/", "UpdateDate": f"2026-01-{number % 28 + 1:02}T00:00:00", "Document": {}}
        for number in range(100)
    }
    backwards = dict(reversed(policies.items()))
    assert build(policies, "test") == build(backwards, "test")
    assert json.loads(build(policies, "test")[aws_managed.INDEX])["date"] == "2026-01-28"
