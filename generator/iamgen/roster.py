"""What the user asked for: the models of `iamgen.yaml`. Each field is checked by itself here;
what several fields say together is checked in `crosscheck`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Discriminator, Field, StringConstraints, Tag

from iamgen.fields import (
    Account,
    Description,
    Flag,
    GroupName,
    List,
    Maybe,
    MfaAge,
    MfaSerial,
    ModuleSource,
    OutputPath,
    Partition,
    Path,
    PolicyName,
    PolicyReference,
    Region,
    RoleName,
    RoleReference,
    RoleSession,
    Tags,
    UserName,
    Variable,
    Version,
)
from iamgen.lint_settings import Lint
from iamgen.section import Reason, Section

SelfService = Literal["password", "access_keys", "mfa", "ssh_keys", "git_credentials", "signing_certificates"]
SELF_SERVICE: tuple[SelfService, ...] = (
    "password",
    "access_keys",
    "mfa",
    "ssh_keys",
    "git_credentials",
    "signing_certificates",
)


class Document(Section):
    """An inline policy whose JSON stands in a file."""

    name: PolicyName = Field(description="Name of the inline policy.")
    document: Annotated[str, StringConstraints(min_length=1, max_length=4096)] = Field(
        description="File with the policy in JSON, relative to this file and in its repository."
    )


def _policy_kind(value: object) -> str:
    """One of the tags below, so that a wrong entry gives the errors of one kind only."""
    return DOCUMENT if isinstance(value, Mapping | Document) else REFERENCE


DOCUMENT, REFERENCE = "<document>", "<reference>"  # in pydantic's locations; no key looks like them
Policy = Annotated[
    Annotated[PolicyReference, Tag(REFERENCE)] | Annotated[Document, Tag(DOCUMENT)], Discriminator(_policy_kind)
]


class Mfa(Section):
    """The policy that denies everything until the session has MFA."""

    name: PolicyName = Field(default="require-mfa", description="Name of the policy.")
    description: Maybe[Description] = Field(
        default=None, description="Its description; Terraform never changes it later."
    )
    path: Maybe[Path] = Field(default=None, description="Its path; by default the one at the top.")
    self_service: List[SelfService] = Field(
        default=SELF_SERVICE, description="What users with MFA manage for themselves; all by default."
    )
    change_password_before_mfa: Flag = Field(
        default=False, description="Also exempt what changes a password at the first sign-in; needs a reason."
    )
    exempt_aws_service_calls: Flag = Field(
        default=False, description="Exempt calls that AWS services make for the user; needs a reason."
    )
    max_age: Maybe[MfaAge] = Field(
        default=None, description="Deny also when the sign-in with MFA is older than this, 1m to 36h."
    )
    exists: Flag = Field(default=False, description="Adopt a policy that exists already, by an import block.")
    reason: Maybe[Reason] = Field(default=None, description="Why this weakens the gate.")


class SudoRole(Section):
    """A break-glass administrator role, assumable only with MFA."""

    name: RoleName = Field(description="Name of the role.")
    description: Maybe[Description] = Field(default=None, description="Its description.")
    path: Maybe[Path] = Field(default=None, description="Its path; by default the one at the top.")
    policies: List[Policy] = Field(
        default=("AdministratorAccess",), description="Names of AWS-managed policies, ARNs of others, or documents."
    )
    max_session: RoleSession = Field(default=3600, description="Longest session of the role, 1h to 12h.")
    mfa_max_age: Maybe[MfaAge] = Field(
        default=None, description="Refuse sign-ins with MFA that are older than this, 1m to 36h."
    )
    trusted_accounts: List[Account] = Field(
        default=(), description="Accounts that may assume it, instead of its own; list that to keep it."
    )
    user_path: Maybe[Path] = Field(default=None, description="Only users under this path may assume it.")
    permissions_boundary: Maybe[PolicyReference] = Field(
        default=None, description="AWS-managed name or ARN of its boundary."
    )
    tags: Tags = Field(default={}, description="Tags, beside those at the top.")
    exists: Flag = Field(default=False, description="Adopt a role that exists already, by an import block.")


class Group(Section):
    """A group, the policies attached to it, and the roles that its members may assume."""

    name: GroupName = Field(description="Name of the group.")
    path: Maybe[Path] = Field(default=None, description="Its path; by default the one at the top.")
    policies: List[Policy] = Field(
        default=(), description="Names of AWS-managed policies, ARNs of others, or documents."
    )
    sudo: List[RoleReference] = Field(
        default=(), description="Roles of this roster, or ARNs of roles in other accounts."
    )
    users_variable: Maybe[Variable] = Field(default=None, description="Terraform variable with more user names.")
    require_mfa: Flag = Field(default=True, description="Attach the gate; false needs a reason.")
    create: Flag = Field(default=True, description="False: attach to a group that is managed elsewhere.")
    exists: Flag = Field(default=False, description="Adopt a group that exists already, by an import block.")
    reason: Maybe[Reason] = Field(
        default=None, description="Why it is not gated, or has standing administrator rights."
    )


class User(Section):
    """An IAM user and the groups of this roster that it is a member of."""

    name: UserName = Field(description="Name of the user.")
    path: Maybe[Path] = Field(default=None, description="Its path; by default the one at the top.")
    groups: List[GroupName] = Field(default=(), description="Groups of this roster.")
    mfa_serial: Maybe[MfaSerial] = Field(
        default=None, description="Serial of its MFA device; read by `iamgen profiles`."
    )
    permissions_boundary: Maybe[PolicyReference] = Field(
        default=None, description="AWS-managed name or ARN of its boundary."
    )
    tags: Tags = Field(default={}, description="Tags, beside those at the top.")
    exists: Flag = Field(default=False, description="Adopt a user that exists already, by an import block.")


class Output(Section):
    """Where `render` writes, so that `render --check` needs no arguments."""

    path: Maybe[OutputPath] = Field(default=None, description="A .tf file or a folder, relative to this file.")
    module_source: Maybe[ModuleSource] = Field(
        default=None, description="Where the modules are; without it everything is written out."
    )


class Roster(Section):
    """The whole of `iamgen.yaml`."""

    version: Version = Field(description="Version of this format: 1.")
    account: Maybe[Account] = Field(default=None, description="Its 12 digits; read by `iamgen profiles`.")
    region: Maybe[Region] = Field(default=None, description="Region; read by `iamgen profiles`.")
    partition: Maybe[Partition] = Field(default=None, description="Partition; read by `iamgen profiles`.")
    mfa: Mfa = Field(default=Mfa(), description="The gate: the policy that denies everything until there is MFA.")
    sudo_roles: List[SudoRole] = Field(default=(), description="Break-glass roles, assumable only with MFA.")
    groups: List[Group] = Field(default=(), description="Groups, what is attached to them, and whom they may become.")
    users: List[User] = Field(default=(), description="IAM users.")
    tags: Tags = Field(default={}, description="Tags of every user, role and policy.")
    path: Path = Field(default="/", description="Path of every user, group, role and policy.")
    permissions_boundary: Maybe[PolicyReference] = Field(
        default=None, description="AWS-managed name or ARN, of every user and role."
    )
    output: Output = Field(default=Output(), description="Where `render` writes.")
    lint: Lint = Field(default=Lint(), description="Settings of `iamgen lint`.")


def path_of(roster: Roster, item: Mfa | SudoRole | Group | User) -> str:
    """The path that a policy, role, group or user gets: its own, else the one at the top."""
    return item.path or roster.path


def tags_of(roster: Roster, item: Mfa | SudoRole | User) -> dict[str, str]:
    """The tags that a policy, role or user gets, sorted: its own beside those at the top.

    A tag of its own replaces one at the top whose key differs only in case, as IAM tells them
    apart by more than case ("Rules for tagging in IAM and AWS STS").
    """
    own = {} if isinstance(item, Mfa) else item.tags
    folded = {key.lower() for key in own}
    above = {key: value for key, value in roster.tags.items() if key.lower() not in folded}
    return dict(sorted({**above, **own}.items()))


def boundary_of(roster: Roster, item: SudoRole | User) -> str | None:
    """The permissions boundary that a role or user gets, as written: its own, else the one at the top."""
    return item.permissions_boundary or roster.permissions_boundary
