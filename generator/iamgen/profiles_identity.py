"""Who asks for profiles and where that user is: flags checked, partition, accounts, region, MFA device. Pure.

Sources: "AWS Multi-factor authentication in IAM" (IAM User Guide) for where a device lives, and
partitions.json of the AWS SDKs for which region lies in which partition.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import TypeAdapter, ValidationError

from iamgen.fields import Account, MfaSerial, Region, UserName
from iamgen.roster import Roster, User
from iamgen_rules.errors import UsageError

Tool = Literal["aws-vault", "cli", "granted"]
TOOLS: tuple[Tool, ...] = ("aws-vault", "cli", "granted")

_PARTITIONS = (
    (r"cn-.+", "aws-cn"),
    (r"us-gov-.+", "aws-us-gov"),
    (r"us-iso-.+", "aws-iso"),
    (r"us-isob-.+", "aws-iso-b"),
    (r"eu-isoe-.+", "aws-iso-e"),
    (r"us-isof-.+", "aws-iso-f"),
    (r"eusc-.+", "aws-eusc"),
    (r"(us|eu|ap|sa|ca|me|af|il|mx)-[a-z]+-[0-9]+", "aws"),
)
_ARN = re.compile(r"arn:([^:]*):iam::([^:]*):")


@dataclass(frozen=True, slots=True)
class Wish:
    """What the command line asks for; what it leaves out is None and comes from the roster."""

    user: str
    tool: Tool = "aws-vault"
    account: str | None = None
    region: str | None = None
    mfa_serial: str | None = None
    user_account: str | None = None


@dataclass(frozen=True, slots=True)
class Where:
    """The partition, the account of the roster's roles, the account of the user, and the region."""

    partition: str
    account: str | None
    user_account: str | None
    region: str | None

    @property
    def foreign(self) -> bool:
        """Whether the user lives in another account than the roster's roles."""
        return self.account is not None and self.user_account != self.account

    def arn(self, account: str, resource: str) -> str:
        """The ARN of an IAM resource in this partition."""
        return f"arn:{self.partition}:iam::{account}:{resource}"

    def need_account(self) -> str:
        """The account of the roster's roles; raises UsageError where nobody named it."""
        if self.account is None:
            raise UsageError("the account is not known: give --account, or write `account:` in the roster")
        return self.account


@dataclass(frozen=True, slots=True)
class Serial:
    """The serial of the MFA device, and whether nobody named it."""

    text: str
    default: bool = False


def check(wish: Wish) -> None:
    """Raises UsageError with one line for each flag whose value cannot be right."""
    flags: tuple[tuple[str, Any, str | None], ...] = (
        ("--user", UserName, wish.user),
        ("--account", Account, wish.account),
        ("--user-account", Account, wish.user_account),
        ("--region", Region, wish.region),
        ("--mfa-serial", MfaSerial, wish.mfa_serial),
    )
    found = [(flag, _problem(kind, value)) for flag, kind, value in flags if value is not None]
    problems = [f"{flag}: {message}" for flag, message in found if message]
    if problems:
        raise UsageError("\n".join(problems))


def _problem(kind: Any, value: str) -> str | None:
    try:
        TypeAdapter(kind).validate_python(value)
    except ValidationError as error:
        return str(error.errors()[0]["msg"])
    return None


def region_partition(region: str | None) -> str | None:
    """The partition of a region; None where the region is unknown or of no known kind."""
    return next((name for pattern, name in _PARTITIONS if region and re.fullmatch(pattern, region)), None)


def arn_parts(arn: str | None) -> tuple[str, str] | None:
    """The partition and the account of an IAM ARN; None of anything else."""
    found = _ARN.match(arn or "")
    return (found[1], found[2]) if found else None


def whereabouts(roster: Roster, wish: Wish) -> Where:
    """Where the roles and the user are: flags before the roster before what an ARN tells.

    Raises UsageError where region and partition contradict each other.
    """
    region = wish.region or roster.region
    account = wish.account or roster.account
    return Where(_partition(roster, wish, region), account, wish.user_account or account, region)


def _partition(roster: Roster, wish: Wish, region: str | None) -> str:
    by_region = region_partition(region)
    if roster.partition and by_region and roster.partition != by_region:
        told = f"region {region} lies in partition {by_region}, but the roster says `partition: {roster.partition}`"
        raise UsageError(f"{told}: give another --region, or change the roster")
    return roster.partition or by_region or _arn_partition(roster, wish) or "aws"


def _arn_partition(roster: Roster, wish: Wish) -> str | None:
    user = roster_user(roster, wish.user)
    arns: Iterable[str | None] = (
        wish.mfa_serial,
        user.mfa_serial if user else None,
        *(entry for group in roster.groups for entry in group.sudo),
    )
    return next((parts[0] for parts in map(arn_parts, arns) if parts), None)


def roster_user(roster: Roster, name: str) -> User | None:
    """The user of this name in the roster."""
    return next((user for user in roster.users if user.name == name), None)


def device(roster: Roster, wish: Wish, where: Where) -> Serial:
    """The serial of the user's device: the flag, the roster's, or `mfa/<user>` in the user's account.

    Raises UsageError where it cannot be that user's device, or where the account is not known.
    """
    if wish.mfa_serial:
        return _own(wish.mfa_serial, where, "--mfa-serial")
    user = roster_user(roster, wish.user)
    if user and user.mfa_serial and not (where.foreign and _account_of(user.mfa_serial) != where.user_account):
        return _own(user.mfa_serial, where, f"the mfa_serial of user {user.name} in the roster")
    account = where.user_account or where.need_account()
    return Serial(where.arn(account, f"mfa/{wish.user}"), default=True)


def _account_of(serial: str) -> str | None:
    parts = arn_parts(serial)
    return parts and parts[1]


def _own(serial: str, where: Where, source: str) -> Serial:
    parts = arn_parts(serial)
    if parts and parts[0] != where.partition:
        raise UsageError(f"{source}: {serial} is in partition {parts[0]}, the profiles are for {where.partition}")
    if parts and where.user_account and parts[1] != where.user_account:
        told = f"{source}: the device is in account {parts[1]}, the user in {where.user_account}"
        raise UsageError(f"{told}: give --user-account {parts[1]} if the user signs in there")
    return Serial(serial)
