"""The server behind `moto_iam`: moto, with what its IAM lacks and AWS's has, and a log of every IAM call.

Run as `python moto_iam_server.py LOG`; prints its port, and ends when its standard input does.
The log has one line of JSON for each call, in the order in which the calls took effect.
Sources: "DeleteUser", "DeleteGroup", "DeletePolicy", "PutUserPermissionsBoundary",
"ListServiceSpecificCredentials" (IAM API reference); "IAM and AWS STS quotas" (names differ in more than case).
"""

from __future__ import annotations

import functools
import io
import json
import logging
import os
import sys
import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TextIO
from urllib.parse import parse_qsl

from moto import backends
from moto.core import responses
from moto.core.responses import ActionResult, EmptyResult
from moto.core.utils import method_names_from_class
from moto.iam import urls
from moto.iam.exceptions import DeleteConflictException, EntityAlreadyExists
from moto.iam.models import IAMBackend, User, iam_backends
from moto.iam.responses import IamResponse
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import WSGIRequestHandler, make_server

STATES = "/terraform-state/"
Environ = dict[str, Any]
Start = Callable[..., Any]


class Recorder:
    """A WSGI application in front of moto: one call at a time, each written down with its status.

    Calls named in IAMGEN_SLOW wait first: what should come after them and is not made to, overtakes them.
    """

    def __init__(self, log: TextIO) -> None:
        """Write to `log`."""
        self._log = log
        self._app = DomainDispatcherApplication(create_backend_app)
        self._lock = threading.Lock()
        self._states: dict[str, bytes] = {}
        self._slow = frozenset(os.environ.get("IAMGEN_SLOW", "").split(","))

    def __call__(self, environ: Environ, start_response: Start) -> Iterable[bytes]:
        """Answer a request."""
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        if environ["PATH_INFO"].startswith(STATES):
            return self._state(environ, start_response, body)
        environ["wsgi.input"] = io.BytesIO(body)
        parameters = dict(parse_qsl(body.decode(), keep_blank_values=True))
        action = parameters.pop("Action", "")
        if action in self._slow:
            time.sleep(0.15)
        with self._lock:
            return self._answer(environ, start_response, action, parameters)

    def _state(self, environ: Environ, start_response: Start, body: bytes) -> list[bytes]:
        """Keep or give a state of Terraform's "http" backend."""
        if environ["REQUEST_METHOD"] == "POST":
            self._states[environ["PATH_INFO"]] = body
            body = b""
        else:
            body = self._states.get(environ["PATH_INFO"], b"")
        start_response("200 OK", [("Content-Length", str(len(body)))])
        return [body]

    def _answer(self, environ: Environ, start_response: Start, action: str, parameters: dict[str, str]) -> list[bytes]:
        statuses: list[str] = []

        def start(status: str, *rest: Any) -> Any:
            statuses.append(status)
            return start_response(status, *rest)

        try:
            answer = list(self._app(environ, start))
        except NotImplementedError as error:  # clients would try a call that fails with 500 for minutes
            answer = [str(error).encode()]
            start("400 Bad Request", [("Content-Length", str(len(answer[0])))])
        if action:
            call = {"action": action, "parameters": parameters, "status": int(statuses[-1].split()[0])}
            print(json.dumps(call), file=self._log, flush=True)
        return answer


class Response(IamResponse):
    """Calls that moto does not know."""

    def list_service_specific_credentials(self) -> ActionResult:
        """Nobody has any."""
        return ActionResult({"ServiceSpecificCredentials": []})

    def list_mfa_device_tags(self) -> ActionResult:
        """None has any."""
        return ActionResult({"Tags": []})

    def put_user_permissions_boundary(self) -> EmptyResult:
        """Keep it on the user."""
        self._bind(self._get_param("PermissionsBoundary"))
        return EmptyResult()

    def delete_user_permissions_boundary(self) -> EmptyResult:
        """Take it from the user."""
        self._bind(None)
        return EmptyResult()

    def create_user(self) -> ActionResult:
        """Keep the boundary too."""
        result = super().create_user()
        self._bind(self._get_param("PermissionsBoundary"))
        return result

    def _bind(self, boundary: str | None) -> None:
        user = self.backend.get_user(self._get_param("UserName"))
        kept = boundary and {"PermissionsBoundaryType": "Policy", "PermissionsBoundaryArn": boundary}
        vars(user)["permissions_boundary"] = kept  # an attribute that moto reads and never sets


class Backend(IAMBackend):
    """What AWS refuses and moto does not."""

    def create_user(self, region_name: str, user_name: str, *rest: Any, **more: Any) -> User:
        """Refuse a name that differs from another only in case."""
        _unlike(user_name, self.users)
        return super().create_user(region_name, user_name, *rest, **more)

    def create_group(self, group_name: str, *rest: Any, **more: Any) -> Any:
        """Refuse a name that differs from another only in case."""
        _unlike(group_name, self.groups)
        return super().create_group(group_name, *rest, **more)

    def create_role(self, role_name: str, *rest: Any, **more: Any) -> Any:
        """Refuse a name that differs from another only in case."""
        _unlike(role_name, (role.name for role in self.roles.values()))
        return super().create_role(role_name, *rest, **more)

    def create_policy(self, *rest: Any, **more: Any) -> Any:
        """Refuse a name that there is, whatever its path."""
        own = (policy.name for policy in self.managed_policies.values() if ":aws:policy/" not in policy.arn)
        _unlike(more["policy_name"] if "policy_name" in more else rest[3], own)
        return super().create_policy(*rest, **more)

    def update_user(self, user_name: str, *rest: Any, **more: Any) -> None:
        """Keep the tags, whose key in moto is the ARN."""
        user = self.get_user(user_name)
        tags = self.tagger.list_tags_for_resource(user.arn)["Tags"]
        self.tagger.delete_all_tags_for_resource(user.arn)
        super().update_user(user_name, *rest, **more)
        self.tagger.tag_resource(user.arn, tags)

    def update_group(self, group_name: str, new_group_name: str | None, new_path: str | None) -> None:
        """Move it also where the new name is the old one, or none."""
        if new_group_name not in (None, group_name):
            super().update_group(group_name, new_group_name, new_path)
        if new_path:
            self.get_group(new_group_name or group_name).path = new_path

    def update_role(self, role_name: str, role_description: str | None, max_session_duration: str) -> Any:
        """Keep the description when there is no new one."""
        kept = self.get_role(role_name).description if role_description is None else role_description
        return super().update_role(role_name, kept, max_session_duration)

    def delete_user(self, user_name: str) -> None:
        """Refuse one with credentials, devices or groups."""
        user = self.get_user(user_name)
        credentials = (user.access_keys, user.ssh_public_keys, user.signing_certificates, user.password)
        _empty("user", *credentials, user.mfa_devices, self.get_groups_for_user(user_name))
        super().delete_user(user_name)

    def delete_group(self, group_name: str) -> None:
        """Refuse one with members or policies."""
        group = self.get_group(group_name)
        _empty("group", group.users, group.managed_policies, group.policies)
        super().delete_group(group_name)

    def delete_policy(self, policy_arn: str) -> None:
        """Refuse one that is attached."""
        holders = (*self.users.values(), *self.groups.values(), *self.roles.values())
        _empty("policy", [holder for holder in holders if policy_arn in holder.managed_policies])
        super().delete_policy(policy_arn)


def _unlike(name: str, others: Iterable[str]) -> None:
    if name.lower() in {other.lower() for other in others}:
        raise EntityAlreadyExists(f"{name} already exists")


def _empty(kind: str, *contents: object) -> None:
    if any(contents):
        raise DeleteConflictException(f"Cannot delete entity, the {kind} is in use.")


def _use_ours() -> None:
    Backend.__module__ = IAMBackend.__module__  # where moto looks for the service's paths
    iam_backends.backend = Backend
    urls.url_paths["{0}/$"] = Response.dispatch


def _look_up_once() -> None:
    """What moto looks up for each call, and that is a third of its time: its folders, the names of its methods."""
    folders = tuple(backends.list_of_moto_modules())
    backends.list_of_moto_modules = lambda: folders
    responses.__dict__["method_names_from_class"] = functools.cache(method_names_from_class)


class _QuietHandler(WSGIRequestHandler):
    protocol_version = "HTTP/1.1"


def serve(path: Path) -> None:
    """Serve on a free port until standard input ends, logging to `path`."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    _use_ours()
    _look_up_once()
    with path.open("a", encoding="utf-8") as log:
        server = make_server("127.0.0.1", 0, Recorder(log), threaded=True, request_handler=_QuietHandler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        sys.stdout.write(f"{server.server_port}\n")
        sys.stdout.flush()
        sys.stdin.read()


if __name__ == "__main__":
    serve(Path(sys.argv[1]))
