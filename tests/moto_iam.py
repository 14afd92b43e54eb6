"""IAM for the tests: a moto server on loopback, its calls in the order in which they took effect, its contents."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.request import urlopen

_SERVER = Path(__file__).with_name("moto_iam_server.py")
_READING = ("Get", "List", "Simulate")
ACCOUNT = "123456789012"  # moto's
REGIONS = {"aws": "eu-west-1", "aws-cn": "cn-north-1", "aws-us-gov": "us-gov-west-1"}


@dataclass(frozen=True)
class Call:
    """One call of the IAM or STS API: its action, its flat parameters, its HTTP status."""

    action: str
    parameters: Mapping[str, str]
    status: int

    @property
    def changes(self) -> bool:
        """Whether it changed something."""
        return self.status == 200 and not self.action.startswith(_READING)


@dataclass
class Moto:
    """A running server; `environment` is what AWS tools need to reach it."""

    endpoint: str
    log: Path
    start: int = 0

    def calls(self) -> list[Call]:
        """What was called since the last reset or `forget`."""
        return [Call(**json.loads(line)) for line in self.log.read_bytes()[self.start :].splitlines()]

    def changes(self) -> list[Call]:
        """What changed something since the last reset or `forget`."""
        return [call for call in self.calls() if call.changes]

    def forget(self) -> None:
        """Begin a new record of calls."""
        self.start = self.log.stat().st_size

    def reset(self) -> None:
        """An account with nothing but AWS's policies, and no calls."""
        with urlopen(f"{self.endpoint}/moto-api/reset", data=b"") as answer:
            assert json.load(answer) == {"status": "ok"}
        self.forget()

    def environment(self, partition: str = "aws") -> dict[str, str]:
        """Environment variables that lead Terraform and boto3 here, and nowhere else."""
        return {
            "AWS_ACCESS_KEY_ID": "unused",
            "AWS_SECRET_ACCESS_KEY": "unused",
            "AWS_REGION": REGIONS[partition],
            "AWS_ENDPOINT_URL": self.endpoint,
            "AWS_EC2_METADATA_DISABLED": "true",
            "AWS_CONFIG_FILE": os.devnull,
            "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
        }

    def iam(self, partition: str = "aws") -> Any:
        """A boto3 client of IAM."""
        import boto3

        return boto3.client(
            "iam",
            endpoint_url=self.endpoint,
            region_name=REGIONS[partition],
            aws_access_key_id="unused",
            aws_secret_access_key="unused",
        )


@contextmanager
def moto(folder: Path, slow: tuple[str, ...] = ()) -> Iterator[Moto]:
    """A server of its own, logging into `folder`; calls named in `slow` dawdle before they take effect."""
    log = folder / "calls.jsonl"
    log.touch()
    environment = {**os.environ, "MOTO_IAM_LOAD_MANAGED_POLICIES": "true", "IAMGEN_SLOW": ",".join(slow)}
    with (folder / "moto.log").open("w") as errors:
        server = subprocess.Popen(
            [sys.executable, "-W", "ignore", str(_SERVER), str(log)],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        )
    assert server.stdin is not None
    assert server.stdout is not None
    try:
        port = server.stdout.readline().strip()
        assert port, (folder / "moto.log").read_text()
        yield Moto(f"http://127.0.0.1:{port}", log)
    finally:
        server.stdin.close()
        server.stdout.close()
        server.wait(timeout=20)
