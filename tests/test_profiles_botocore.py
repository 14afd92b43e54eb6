"""The ini of `iamgen profiles` as the AWS SDK reads it: what each role profile asks STS for."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import parse_qsl

import botocore.session
import pytest
from botocore.exceptions import ParamValidationError

from iamgen.profiles import ini, profiles
from iamgen.profiles_identity import TOOLS, Tool, Wish
from profiles_help import DEVICE, HERE, THERE, roster

KEY, SECRET = "AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
CODE = "123456"
ANSWER = """<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials>
<AccessKeyId>ASIAROLE</AccessKeyId><SecretAccessKey>secret</SecretAccessKey><SessionToken>token</SessionToken>
<Expiration>2999-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>"""
GRANTED = f"""#!/bin/sh
test "$*" = "credential-process --profile=alice" || exit 1
echo '{{"Version": 1, "AccessKeyId": "{KEY}", "SecretAccessKey": "{SECRET}"}}'
"""


@dataclass
class Sts:
    """A server of AssumeRole on this machine, and what it was asked."""

    asked: list[dict[str, str]] = field(default_factory=list)
    url: str = ""

    def handler(self) -> type[BaseHTTPRequestHandler]:
        """Records each request with the access key that signed it, and answers with credentials of a role."""
        asked = self.asked

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                signer = self.headers["Authorization"].partition("Credential=")[2].partition("/")[0]
                asked.append({**dict(parse_qsl(body)), "signed by": signer})
                self.send_response(200)
                self.end_headers()
                self.wfile.write(ANSWER.encode())

            def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name in the library
                """Say nothing."""

        return Handler


@pytest.fixture
def sts() -> Iterator[Sts]:
    """The server, for one test."""
    recorder = Sts()
    with ThreadingHTTPServer(("127.0.0.1", 0), recorder.handler()) as server:
        recorder.url = f"http://127.0.0.1:{server.server_port}"
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield recorder
        server.shutdown()
        thread.join()


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sts: Sts) -> Path:
    """A folder for the AWS files, an environment that names nothing else, and a `granted` that knows alice's key."""
    for name in [name for name in os.environ if name.startswith("AWS_") or name.lower().endswith("_proxy")]:
        monkeypatch.delenv(name)
    program = tmp_path / "bin" / "granted"
    program.parent.mkdir()
    program.write_text(GRANTED)
    program.chmod(stat.S_IRWXU)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "config"))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "credentials"))
    monkeypatch.setenv("AWS_ENDPOINT_URL_STS", sts.url)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    return tmp_path


def install(home: Path, text: str, tool: Tool, user: str = "alice") -> None:
    """The ini, and the user's key where the tool would have it: granted keeps it elsewhere."""
    (home / "config").write_text(text)
    if tool != "granted":
        key = f"[{user}]\naws_access_key_id = {KEY}\naws_secret_access_key = {SECRET}\n"
        (home / "credentials").write_text(key)


def session(profile: str) -> botocore.session.Session:
    """A session on a profile, whose user types the code when asked."""
    made = botocore.session.Session(profile=profile)
    made.get_component("credential_provider").get_provider("assume-role")._prompter = lambda _: CODE
    return made


SIX_HOURS = roster(
    path="/ops/",
    sudo_roles=[{"name": "OpsSudo", "max_session": "6h"}],
    groups=[{"name": "ops", "sudo": ["OpsSudo", f"arn:aws:iam::{THERE}:role/team/Deploy"]}],
)
TARGET = roster(sudo_roles=[{"name": "OpsSudo", "trusted_accounts": [THERE], "max_session": "12h"}], users=[])
LONG = {"aws-vault": "3600", "cli": "21600", "granted": "21600"}


@pytest.mark.parametrize("tool", TOOLS)
@pytest.mark.parametrize("profile", ["OpsSudo", "Deploy"])
def test_a_role_profile_assumes_its_role(tool: Tool, profile: str, home: Path, sts: Sts) -> None:
    """With the user's own key, the device's serial, the code, the session's length and the user's name."""
    install(home, ini(profiles(SIX_HOURS, Wish("alice", tool))), tool)
    arn = {"OpsSudo": f"arn:aws:iam::{HERE}:role/ops/OpsSudo", "Deploy": f"arn:aws:iam::{THERE}:role/team/Deploy"}
    assert session(profile).get_credentials().get_frozen_credentials().token == "token"
    assert sts.asked == [
        {
            "Action": "AssumeRole",
            "Version": "2011-06-15",
            "RoleArn": arn[profile],
            "SerialNumber": DEVICE,
            "TokenCode": CODE,
            "DurationSeconds": LONG[tool] if profile == "OpsSudo" else "3600",
            "RoleSessionName": "alice",
            "signed by": KEY,
        }
    ]


@pytest.mark.parametrize("tool", TOOLS)
def test_a_bastion_assumes_the_role_of_the_other_account(tool: Tool, home: Path, sts: Sts) -> None:
    """From the roster of the roles' account: the device is in the user's."""
    install(home, ini(profiles(TARGET, Wish("alice", tool, user_account=THERE))), tool)
    session("OpsSudo").get_credentials().get_frozen_credentials()
    (asked,) = sts.asked
    assert asked["RoleArn"] == f"arn:aws:iam::{HERE}:role/OpsSudo"
    assert asked["SerialNumber"] == f"arn:aws:iam::{THERE}:mfa/alice"
    assert asked["DurationSeconds"] == {"aws-vault": "3600"}.get(tool, "43200")


def test_a_hardware_token_and_a_user_of_one_letter(home: Path, sts: Sts) -> None:
    """The SDK would not even send a session name of one character."""
    given = roster(users=[{"name": "a", "groups": ["ops"], "mfa_serial": "GAHT12345678"}])
    text = ini(profiles(given, Wish("a", "cli")))
    install(home, text.replace("iam-a", "a"), "cli", "a")
    with pytest.raises(ParamValidationError, match="RoleSessionName"):
        session("OpsSudo").get_credentials().get_frozen_credentials()
    install(home, text, "cli", "a")
    session("OpsSudo").get_credentials().get_frozen_credentials()
    (asked,) = sts.asked
    assert (asked["SerialNumber"], asked["RoleSessionName"]) == ("GAHT12345678", "iam-a")


@pytest.mark.parametrize("tool", TOOLS)
def test_the_base_profile_has_no_mfa_by_itself(tool: Tool, home: Path, sts: Sts) -> None:
    """Why the notes of `cli` and `granted` warn of it: the bare key, no session, no question."""
    install(home, ini(profiles(SIX_HOURS, Wish("alice", tool))), tool)
    bare = session("alice").get_credentials().get_frozen_credentials()
    assert (bare.access_key, bare.token) == (KEY, None)
    assert sts.asked == []
