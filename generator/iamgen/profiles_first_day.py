"""The user's first day, as steps: from the first sign-in to the first `terraform plan`. Pure.

Sources: "Assign a virtual MFA device in the AWS Management Console" and "How to sign in as an IAM user"
(IAM User Guide), "configure mfa-login" and "configure export-credentials" (AWS CLI Command Reference),
USAGE.md of ByteNess/aws-vault, the `credentials` and `assume` commands of fwdcloudsec/granted.
"""

from __future__ import annotations

from collections.abc import Iterator

from iamgen.facts import SIGNIN
from iamgen.profiles import Profiles, mfa_login
from iamgen.profiles_identity import Tool, Where
from iamgen.roster import Roster


def first_day(result: Profiles, roster: Roster) -> tuple[str, ...]:
    """The steps in order; a step may have several lines."""
    tool: Tool = result.choice.wish.tool
    store, use = _STORE[tool], _USE[tool]
    return (
        "Put the profiles into ~/.aws/config, in place of any with the same names.",
        *_console(result, roster),
        *store(result),
        *use(result),
    )


def sign_in(where: Where, user: str) -> str:
    """Where and as whom the user signs in to the console."""
    host, account = SIGNIN.get(where.partition), where.user_account
    address = f"at https://{account}.{host}/console" if host and account else "to the console of your account"
    return f"Sign in {address} as {user}"


def _console(result: Profiles, roster: Roster) -> Iterator[str]:
    choice = result.choice
    own = frozenset(("mfa", "access_keys")) if choice.where.foreign else frozenset(roster.mfa.self_service)
    password = f"with the password from an administrator{_reset(result, roster)}"
    yield f"{sign_in(choice.where, choice.wish.user)}, {password}."
    yield from _device(result, "mfa" in own)
    yield "Sign out, and sign in again with a code: before that, everything else is denied."
    if "access_keys" in own:
        yield "Security credentials > Access keys: make one for the command line."
    else:
        yield "Ask an administrator for an access key: this roster lets nobody make their own."


def _reset(result: Profiles, roster: Roster) -> str:
    if result.choice.where.foreign or roster.mfa.change_password_before_mfa:
        return ""
    return " (none that must be changed at once: the gate denies that)"


def _device(result: Profiles, own: bool) -> Iterator[str]:
    serial = result.serial.text
    name = serial.rpartition(":mfa/")[2]
    if not serial.startswith("arn:"):
        what = f"the hardware token {serial}"
    elif "/" in name:
        what = f"an authenticator app, with the ARN {serial}"
    else:
        what = f"an authenticator app, named {name}"
    if own:
        yield f"Security credentials > Assign MFA device: {what}."
    else:
        yield f"Ask an administrator to assign you {what}: this roster lets nobody add their own."


def _target(result: Profiles) -> str:
    entries = result.choice.entries
    return entries[0].profile if entries else result.choice.base


def _store_in_vault(result: Profiles) -> Iterator[str]:
    base = result.choice.base
    yield f"Give the key to aws-vault:\n  aws-vault add {base}"
    yield _delete_plaintext(base)


def _delete_plaintext(base: str) -> str:
    return f"Delete the plaintext credentials: the downloaded .csv, and [{base}] in ~/.aws/credentials if it is there."


def _use_vault(result: Profiles) -> Iterator[str]:
    base, target = result.choice.base, _target(result)
    yield f"Work:\n  aws-vault exec {target} -- terraform plan"
    if result.choice.entries:
        yield f"{_console_in_role(f'aws-vault login {base}')}\n  aws-vault login {target}"


def _console_in_role(wrong: str) -> str:
    return f"The console in the role (not `{wrong}`, whose GetFederationToken the gate denies):"


def _store_in_file(result: Profiles) -> Iterator[str]:
    yield f"Give the key to the AWS CLI:\n  aws configure --profile {result.choice.base}"
    yield (
        "Delete the downloaded .csv. The AWS CLI keeps the key in plain text in ~/.aws/credentials: "
        "--tool aws-vault or granted would not, and `aws login` needs no key."
    )


def _use_cli(result: Profiles) -> Iterator[str]:
    if result.choice.entries:
        export = f'eval "$(aws configure export-credentials --profile {_target(result)} --format env)"'
        yield f"Work (Terraform cannot ask for a code; the AWS CLI can):\n  {export}\n  terraform plan"
    else:
        login = mfa_login(result.choice)
        yield f"Work:\n  {login}\n  AWS_PROFILE={result.choice.base}-mfa terraform plan"


def _store_in_granted(result: Profiles) -> Iterator[str]:
    base = result.choice.base
    yield f"Give the key to granted:\n  aws configure --profile {base}\n  granted credentials import {base}"
    yield _delete_plaintext(base)


def _use_granted(result: Profiles) -> Iterator[str]:
    base, target = result.choice.base, _target(result)
    yield f"Work:\n  assume {target}\n  terraform plan"
    if result.choice.entries:
        yield f"{_console_in_role(f'assume --console {base}')}\n  assume --console {target}"


_STORE = {"aws-vault": _store_in_vault, "cli": _store_in_file, "granted": _store_in_granted}
_USE = {"aws-vault": _use_vault, "cli": _use_cli, "granted": _use_granted}
