"""What things are called in reasons: sessions, resources, policies, statements, changes; and where they stand."""

from __future__ import annotations

import re
from collections.abc import Mapping

from iamgen_rules.account.binding import Binding
from iamgen_rules.account.index import Edit
from iamgen_rules.account.model import ACCOUNT, Ref
from iamgen_rules.account.proof import Ground
from iamgen_rules.account.session import Session
from iamgen_rules.account.verdict import FRESH
from iamgen_rules.policy.document import Statement
from iamgen_rules.policy.session import Kind
from iamgen_rules.policy.targets import MADE_UP
from iamgen_rules.policy.text import Text, parts_of
from iamgen_rules.source import Place

_SESSIONS: Mapping[Kind, str] = {
    Kind.ACCESS_KEY: "with an access key",
    Kind.NO_MFA: "in the console without MFA",
    Kind.MFA: "with MFA",
    Kind.FEDERATED: "as a federated user",
    Kind.ROLE: "in role {}",
    Kind.ROLE_MFA: "in role {}, entered with MFA",
}
_UNNAMED = re.compile(r"\$\{(.+)\.name\}")  # an inline policy that Terraform names
_BEFORE_RESOURCE = 5  # the colons of an ARN before its resource
_CHANGES: Mapping[str, str] = {
    "grant": "{holder} is allowed everything",
    "join": "{holder} is put into group {name}",
    "leave": "{holder} has left group {name}",
    "detach": "{name} is detached from {holder}",
    "delete": "{name} of {holder} is deleted",
    "unbound": "the boundary of {holder} is gone",
    "bound": "{name} is the boundary of {holder}",
    "rewrite": "{name} is rewritten to allow everything",
    "tag": "{holder} has whatever tags it needs",
    "rename": "{holder} has whatever name it needs",
}


def in_session(session: Session) -> str:
    """`with an access key`, `in role ops`."""
    return _SESSIONS[session.kind].format(session.ref.name)


def in_words(kind: Kind) -> str:
    """A kind of session of a user: `with an access key`."""
    return _SESSIONS[kind]


def shown(resource: Text) -> str:
    """A resource in few words: `role ops`, `any role`, `*`."""
    kind, mark, name = shortened(resource).partition("/")
    if not mark or ":" in kind:
        return f"{kind}{mark}{name}"
    return f"any {kind}" if name.endswith(MADE_UP) else f"{kind} {name}"


def shortened(text: Text) -> str:
    """An ARN without what is before its resource, with `?` for what is not known."""
    known = whole(text)
    return known.split(":", _BEFORE_RESOURCE)[-1] if known.startswith("arn:") else known


def whole(text: Text) -> str:
    """A text with `?` for what is not known, and ACCOUNT for the account that is judged."""
    known = "".join(part if isinstance(part, str) else "?" for part in parts_of(text))
    return known.replace(f":{ACCOUNT}:", ":ACCOUNT:")


def known_as(ref: Ref) -> str:
    """`user alice`; somebody who has just been put into a group is a new member of it."""
    if ref.kind == "user" and ref.name.startswith(FRESH):
        return f"a new member of group {ref.name.removeprefix(FRESH)}"
    return str(ref)


def policy_name(binding: Binding) -> str:
    """A policy by its own name: `AdministratorAccess`, `the trust of role ops`."""
    if binding.how == "grant":
        return "the rights gained"
    unnamed = _UNNAMED.fullmatch(binding.name)
    if unnamed is not None and binding.how == "inline":
        return unnamed[1]
    name = shortened(binding.label)
    return name.rpartition("/")[2] if name.startswith("policy/") else name


def at(place: Place) -> str:
    """` (mfa.tf:30)`, or nothing where no file is known."""
    if not place.document:
        return ""
    return f" ({place.document}:{place.span.line})" if place.span else f" ({place.document})"


def named(binding: Binding, statement: Statement) -> str:
    """A statement by its Sid, else as the policy's: `DenyWithoutMFA`, `statement 2 of require-mfa`."""
    return statement.sid or f"{statement.name} of {policy_name(binding)}"


def stands(ground: Ground) -> Place:
    """Where a statement is written; where nobody wrote it here, as in AWS's policies, what puts it in force."""
    place = ground.binding.place_of(ground.cited.statement)
    return place if place.span is not None or ground.binding.origin is not None else ground.binding.place


def changed(edit: Edit) -> str:
    """What was changed: `require-mfa is detached from user alice`."""
    name = shortened(edit.name).rpartition("/")[2]
    return _CHANGES[edit.change].format(holder=known_as(edit.holder), name=name)
