"""A roster and a user become profiles of the AWS CLI, aws-vault or granted, and switch-role links. Pure.

Sources: "Configuration and credential file settings" and "Using an IAM role" (AWS CLI User Guide),
"AssumeRole" (AWS STS API reference), "Switch from a user to an IAM role (console)" (IAM User Guide),
USAGE.md and the provider of temporary credentials of ByteNess/aws-vault,
the IAM assumer of fwdcloudsec/granted and its issue 562.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from iamgen import limits
from iamgen.facts import SIGNIN
from iamgen.fields import show_duration
from iamgen.profiles_identity import Serial, Where, Wish, check, device, whereabouts
from iamgen.profiles_roles import Role, grants
from iamgen.roster import Roster
from iamgen_rules.errors import UsageError

_CHAINED = 3600  # seconds; the longest session of a role that is assumed from a session
_VAULT_KEEPS = 28800  # seconds that aws-vault keeps a session with MFA for roles
_SHORTEST = 900  # seconds; the shortest session that GetSessionToken gives


@dataclass(frozen=True, slots=True)
class Entry:
    """One role and the name of its profile."""

    profile: str
    role: Role
    duration: int


@dataclass(frozen=True, slots=True)
class Choice:
    """The user, the profile that holds its keys, and the roles that it may assume, each with a unique profile name."""

    wish: Wish
    where: Where
    base: str
    entries: tuple[Entry, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Profiles:
    """A choice with its MFA device and the name of its sessions: all that the ini says."""

    choice: Choice
    serial: Serial
    session_name: str
    notes: tuple[str, ...]


def choose(roster: Roster, wish: Wish) -> Choice:
    """The roles of a user, and their profile names: the role's, with its account where that is taken.

    Raises UsageError for flags that cannot be right, an unknown user or account, and names that stay ambiguous.
    """
    check(wish)
    where = whereabouts(roster, wish)
    granted = grants(roster, wish, where)
    base = _profile_name(wish.user)
    names = _names(base, granted.roles)
    entries = [Entry(name, role, _duration(wish, role)) for name, role in zip(names, granted.roles, strict=True)]
    return Choice(wish, where, base, tuple(entries), granted.notes)


def _profile_name(name: str) -> str:
    """The name itself, but never `default`, which is everybody's, nor one that a program takes for an option."""
    return name if name[0].isalnum() and name.casefold() != "default" else f"iam-{name}"


def _names(base: str, roles: Sequence[Role]) -> list[str]:
    plain = [_profile_name(role.name) for role in roles]
    taken = Counter(name.casefold() for name in (base, *plain))
    pairs = zip(plain, roles, strict=True)
    names = [name if taken[name.casefold()] == 1 else f"{name}@{role.account}" for name, role in pairs]
    twice = [name for name, times in Counter(map(str.casefold, (base, *names))).items() if times > 1]
    if twice:
        both = ", ".join(role.arn for name, role in zip(names, roles, strict=True) if name.casefold() in twice)
        raise UsageError(f"two roles would share one profile name, {twice[0]}: {both}")
    return names


def _duration(wish: Wish, role: Role) -> int:
    longest = _CHAINED if wish.tool == "aws-vault" else limits.MAX_SESSION
    return min(role.max_session, longest)


def profiles(roster: Roster, wish: Wish) -> Profiles:
    """The profiles of a user, and what to know about them.

    Raises UsageError as `choose` does, and where the MFA device cannot be this user's or gives no codes.
    """
    choice = choose(roster, wish)
    serial = device(roster, wish, choice.where)
    session_name = wish.user if len(wish.user) > 1 else f"iam-{wish.user}"
    notes = (*choice.notes, *_notes(choice, serial, session_name))
    return Profiles(choice, serial, session_name, notes)


def _notes(choice: Choice, serial: Serial, session_name: str) -> Iterator[str]:
    wish = choice.wish
    if serial.default:
        told = f"mfa_serial is the default, {serial.text}: if the device has another name"
        yield f"{told}, give --mfa-serial, or write `mfa_serial:` at the user in the roster."
    if choice.where.region is None:
        yield "No region is known: give --region, write `region:` in the roster, or set AWS_REGION."
    if choice.base != wish.user:
        yield f"The profile of user {wish.user} is called {choice.base}."
    if choice.entries and session_name != wish.user:
        yield f"role_session_name is {session_name}: STS asks for at least 2 characters."
    match wish.tool:
        case "aws-vault":
            yield from _vault_notes(choice)
        case "cli":
            yield from _cli_notes(choice)
        case "granted":
            yield from _granted_notes(choice, serial)


def _vault_notes(choice: Choice) -> Iterator[str]:
    for entry in choice.entries:
        if entry.duration < entry.role.max_session:
            longest, given = show_duration(entry.role.max_session), show_duration(entry.duration)
            told = f"Profile {entry.profile} has sessions of {given}, though the role allows {longest}"
            yield f"{told}: above {given} aws-vault skips GetSessionToken, and asks for a code for every role."
    age = min((entry.role.mfa_max_age for entry in choice.entries if entry.role.mfa_max_age), default=_VAULT_KEEPS)
    if age < _VAULT_KEEPS:
        shorten = f"set AWS_CHAINED_SESSION_TOKEN_TTL={show_duration(age)}, or " if age >= _SHORTEST else ""
        kept = f"aws-vault keeps a sign-in with MFA for {show_duration(_VAULT_KEEPS)}"
        yield f"{kept}, and after {show_duration(age)} it is refused: {shorten}run `aws-vault clear`."


def _cli_notes(choice: Choice) -> Iterator[str]:
    base = choice.base
    yield f"The gate denies profile {base} by itself: the AWS CLI uses mfa_serial only beside role_arn."
    yield f"For {choice.wish.user}'s own rights: `{mfa_login(choice)}` (AWS CLI 2.31 or later) makes {base}-mfa."
    yield (
        f"Without any key: `aws login --profile {base}-login` (AWS CLI 2.32 or later, passkeys too); "
        "it needs the AWS-managed policy SignInLocalDevelopmentAccess."
    )


def mfa_login(choice: Choice, serial: Serial | None = None) -> str:
    """The command that makes a session with MFA out of the base profile."""
    given = f" --serial-number {serial.text}" if serial else ""
    return f"aws configure mfa-login --profile {choice.base} --update-profile {choice.base}-mfa{given}"


def _granted_notes(choice: Choice, serial: Serial) -> Iterator[str]:
    if choice.entries:
        yield (
            f"The gate denies profile {choice.base} by itself: it hands out the bare access key. MFA is on the roles, "
            "since granted cannot assume a role through a profile with both credential_process and mfa_serial."
        )
        yield f"For {choice.wish.user}'s own rights: `{mfa_login(choice, serial)}` (AWS CLI 2.31 or later)."


def ini(result: Profiles) -> str:
    """The profiles as a configuration file of the AWS CLI; the base profile comes first.

    granted looks the access key up under the name of the profile that has `credential_process`, so
    that stands on the base profile only; and `mfa_serial` stands there only where no role would meet it.
    """
    choice, tool = result.choice, result.choice.wish.tool
    base = {
        "region": choice.where.region,
        "mfa_serial": result.serial.text if tool != "granted" or not choice.entries else None,
        "credential_process": f"granted credential-process --profile={choice.base}" if tool == "granted" else None,
    }
    sections = [_section(choice.base, base)]
    sections += [_section(entry.profile, _role_keys(result, entry)) for entry in choice.entries]
    return "\n".join(sections)


def _role_keys(result: Profiles, entry: Entry) -> dict[str, str | None]:
    return {
        "region": result.choice.where.region,
        "role_arn": entry.role.arn,
        "source_profile": result.choice.base,
        "mfa_serial": result.serial.text,
        "role_session_name": result.session_name,
        "duration_seconds": str(entry.duration),
    }


def _section(name: str, keys: dict[str, str | None]) -> str:
    lines = [f"{key} = {value}" for key, value in keys.items() if value is not None]
    return "\n".join((f"[profile {name}]", *lines, ""))


def links(choice: Choice) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The switch-role links of a choice, and why there is none where there is none."""
    host = SIGNIN.get(choice.where.partition)
    if host is None:
        return (), (f"Partition {choice.where.partition} has no documented address to switch roles.",)
    long = [entry for entry in choice.entries if _length(entry) > limits.SWITCH_ROLE_LENGTH]
    found = tuple(_link(host, entry) for entry in choice.entries if entry not in long)
    return found, tuple(_too_long(entry) for entry in long)


def _length(entry: Entry) -> int:
    path = entry.role.path
    return len(entry.role.name) if path == "/" else len(path + entry.role.name)


def _link(host: str, entry: Entry) -> str:
    name = quote(f"{entry.role.path}{entry.role.name}".removeprefix("/"), safe="")
    shown = quote(entry.profile, safe="")
    return f"https://{host}/switchrole?account={entry.role.account}&roleName={name}&displayName={shown}"


def _too_long(entry: Entry) -> str:
    told = f"Role {entry.role.name} has no link: its path and name are {_length(entry)} characters"
    return f"{told}, Switch Role takes {limits.SWITCH_ROLE_LENGTH}."
