"""The types of a roster's fields: text in, a checked value out, an error that says what would be right."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BeforeValidator, GetCoreSchemaHandler, GetJsonSchemaHandler, WithJsonSchema
from pydantic_core import PydanticCustomError, core_schema

from iamgen import limits, managed
from iamgen.wording import shown

_UNITS = {"h": 3600, "m": 60, "s": 1}
_DURATION = re.compile(r"([0-9]{1,6})([smh])")
_FLAGS = {"true": True, "false": False}
_NOTHING = ("null", "~")

T = TypeVar("T")
Check = Callable[[str], str | None]


def refuse(message: str) -> PydanticCustomError:
    """An error whose text is shown as it stands, braces included."""
    return PydanticCustomError("iamgen", "{message}", {"message": message})


@dataclass(frozen=True, eq=False)
class Text:
    """A string: `quota` names what bounds its length, `wrong` says what is wrong with it, `schema` tells an editor."""

    wrong: Check
    length: int
    quota: str
    schema: dict[str, Any] = field(default_factory=dict)

    def check(self, text: str) -> str:
        """The text itself; raises PydanticCustomError when it is too long or wrong."""
        if len(text) > self.length:
            raise refuse(f"{len(text):,} characters; {self.quota} allows {self.length:,}")
        wrong = self.wrong(text)
        if wrong is not None:
            raise refuse(wrong)
        return text

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        """Check after the type."""
        return core_schema.no_info_after_validator_function(self.check, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """The same bounds, for editors."""
        return {"type": "string", "maxLength": self.length, **self.schema}


def _pattern(*patterns: str) -> dict[str, Any]:
    return {"pattern": f"^(?:{'|'.join(patterns)})$"}


def _shape(pattern: str, what: str, length: int, quota: str, **schema: Any) -> Text:
    """Text that matches a pattern; `what` completes "… is not"."""

    def wrong(text: str) -> str | None:
        return None if re.fullmatch(pattern, text) else f"{shown(text)} is not {what}"

    return Text(wrong, length, quota, _pattern(pattern) | schema)


def _name(kind: str, length: int) -> Text:
    """A name; one of digits alone is a number to editors."""
    what = f"a {kind} name: use {limits.NAME_CHARACTERS}"
    return _shape(limits.NAME_PATTERN, what, length, f"the quota for {kind} names", type=["string", "integer"])


def parse_duration(value: object) -> object:
    """`90s`, `30m` or `12h` to seconds; anything but text stays as it is for the type to judge."""
    if not isinstance(value, str):
        return value
    found = _DURATION.fullmatch(value)
    if found is None:
        raise refuse(f"{shown(value)} is not a duration: write a number and s, m or h, such as 90s, 30m or 12h")
    return int(found[1]) * _UNITS[found[2]]


def show_duration(seconds: int) -> str:
    """Seconds in the longest unit that divides them: 3600 is `1h`."""
    unit = next(name for name, length in _UNITS.items() if seconds % length == 0)
    return f"{seconds // _UNITS[unit]}{unit}"


def _between(low: int, high: int, what: str) -> Callable[[int], int]:
    def check(seconds: int) -> int:
        if low <= seconds <= high:
            return seconds
        bounds = f"{show_duration(low)} to {show_duration(high)}"
        raise refuse(f"{show_duration(seconds)} is out of range: {what} is {bounds}")

    return check


def _parse_flag(value: object) -> object:
    if isinstance(value, str) and value not in _FLAGS:
        raise refuse(f"{shown(value)} is neither true nor false")
    return _FLAGS[value] if isinstance(value, str) else value


def _parse_version(value: object) -> object:
    if value in (1, "1"):
        return 1
    raise refuse(f"{shown(value)} is no version of this format: write 1" if isinstance(value, str) else "write 1")


def _empty_is_none(value: object) -> object:
    return None if value == "" or value in _NOTHING else value


def _empty_is_list(value: object) -> object:
    return () if value in _NOTHING else value


def _empty_is_map(value: object) -> object:
    return {} if value in _NOTHING else value


def _wrong_variable(text: str) -> str | None:
    if text in limits.RESERVED_VARIABLES:
        return f"Terraform reserves {shown(text)}: choose another name for the variable"
    fits = re.fullmatch(limits.VARIABLE_PATTERN, text)
    return (
        None
        if fits
        else f"{shown(text)} is not a Terraform variable's name: use letters, digits, _ and -, no digit first"
    )


def _wrong_description(text: str) -> str | None:
    bad = re.sub(limits.DESCRIPTION_CHARACTERS, "", text)
    return f"AWS takes no {bad[0]!r} in a description: use the characters of Latin-1" if bad else None


def _wrong_tag(text: str) -> str | None:
    """Source: "Tag" (IAM API reference): letters, separators and digits of all scripts, and these signs."""
    bad = next((c for c in text if unicodedata.category(c)[0] not in "LZN" and c not in "_.:/=+-@"), None)
    return f"AWS takes no {bad!r} in a tag: use letters, digits, spaces and _.:/=+-@" if bad else None


def _wrong_tag_key(text: str) -> str | None:
    if text.lower().startswith("aws:"):
        return f"AWS keeps keys that begin with aws: for itself; {shown(text)} needs another name"
    return _wrong_tag(text) if text else "a tag's key is empty"


def _wrong_serial(text: str) -> str | None:
    """Source: "GetSessionToken" (AWS STS API reference): it takes codes of virtual and hardware devices only."""
    if ":u2f/" in text:
        return "a passkey or security key gives no codes, which STS and the AWS CLI ask for: add an authenticator app"
    if ":sms-mfa/" in text:
        return "AWS has ended MFA by text message: add an authenticator app"
    fits = re.fullmatch(limits.MFA_SERIAL_PATTERN, text)
    return None if fits else f"{shown(text)} is not an MFA device's serial, such as arn:aws:iam::123456789012:mfa/phone"


def _wrong_sudo(text: str) -> str | None:
    if text.startswith("arn:"):
        fits = re.fullmatch(limits.ROLE_ARN_PATTERN, text)
        return None if fits else f"{shown(text)} is not a role's ARN, such as arn:aws:iam::123456789012:role/OpsSudo"
    return (
        None
        if re.fullmatch(limits.NAME_PATTERN, text)
        else f"{shown(text)} is not a role name: use {limits.NAME_CHARACTERS}"
    )


def _wrong_output(text: str) -> str | None:
    """Terraform reads no file that begins with a dot, and nothing of ours in any other format."""
    name = text.rstrip("/").rpartition("/")[2]
    if name == ".tf" or re.search(r"\.(?:json|hcl|tfvars|ya?ml|txt)$", name):
        return f"{shown(text)} is neither a .tf file nor a folder: write main.tf, or infra for a folder"
    return None if text.isprintable() else f"{shown(text)} holds what cannot be printed"


_MODULE_SOURCE = r"[\x21\x23\x26\x28-\x5b\x5d-\x5f\x61-\x7e]+"
_SOURCE = "a module source, such as ./modules: printable ASCII without spaces, quotes, $, % and \\"
_PATH = "a path: begin and end it with /, as in /ops/, and between use A-Z, a-z, 0-9 and +=,.@_-"
_NUMBER_OF_12_DIGITS = {"type": ["string", "integer"], "minimum": 0, "maximum": 999_999_999_999}
_DURATION_SCHEMA = WithJsonSchema({"type": "string", "pattern": "^[0-9]{1,6}[smh]$"})

Version = Annotated[int, BeforeValidator(_parse_version), WithJsonSchema({"const": 1})]
Flag = Annotated[bool, BeforeValidator(_parse_flag), WithJsonSchema({"type": "boolean"})]
Maybe = Annotated[T | None, BeforeValidator(_empty_is_none)]
List = Annotated[tuple[T, ...], BeforeValidator(_empty_is_list)]
UserName = Annotated[str, _name("user", limits.USER_NAME_LENGTH)]
RoleName = Annotated[str, _name("role", limits.ROLE_NAME_LENGTH)]
GroupName = Annotated[str, _name("group", limits.GROUP_NAME_LENGTH)]
PolicyName = Annotated[str, _name("policy", limits.POLICY_NAME_LENGTH)]
Path = Annotated[str, _shape(limits.PATH_PATTERN, _PATH, limits.PATH_LENGTH, "the quota for paths")]
PolicyReference = Annotated[
    str,
    Text(
        managed.wrong,
        limits.ARN_LENGTH,
        "an ARN",
        _pattern(limits.POLICY_ARN_PATTERN, f"(?:{limits.NAME_PATTERN}/)*{limits.NAME_PATTERN}"),
    ),
]
RoleReference = Annotated[
    str, Text(_wrong_sudo, limits.ARN_LENGTH, "an ARN", _pattern(limits.ROLE_ARN_PATTERN, limits.NAME_PATTERN))
]
MfaSerial = Annotated[str, Text(_wrong_serial, 256, "an MFA device's serial", _pattern(limits.MFA_SERIAL_PATTERN))]
Account = Annotated[
    str,
    _shape(limits.ACCOUNT_PATTERN, "an account: write its 12 digits", 256, "an account", **_NUMBER_OF_12_DIGITS),
]
Region = Annotated[str, _shape(limits.REGION_PATTERN, "a region, such as eu-west-1", 64, "a region")]
Partition = Annotated[str, _shape(limits.PARTITION_PATTERN, "a partition, such as aws-cn", 64, "a partition")]
Variable = Annotated[str, Text(_wrong_variable, 128, "a variable's name", _pattern(limits.VARIABLE_PATTERN))]
Description = Annotated[
    str,
    Text(
        _wrong_description,
        limits.DESCRIPTION_LENGTH,
        "the quota for descriptions",
        _pattern(limits.DESCRIPTION_CHARACTERS),
    ),
]
TagKey = Annotated[str, Text(_wrong_tag_key, limits.TAG_KEY_LENGTH, "the quota for tag keys", {"minLength": 1})]
TagValue = Annotated[
    str,
    Text(_wrong_tag, limits.TAG_VALUE_LENGTH, "the quota for tag values", {"type": ["string", "number", "boolean"]}),
]
Tags = Annotated[dict[TagKey, TagValue], BeforeValidator(_empty_is_map)]
OutputPath = Annotated[str, Text(_wrong_output, 4096, "a path")]
ModuleSource = Annotated[str, _shape(_MODULE_SOURCE, _SOURCE, 2048, "a module source")]
Duration = Annotated[int, BeforeValidator(parse_duration), _DURATION_SCHEMA]
MfaAge = Annotated[
    Duration, AfterValidator(_between(limits.MIN_MFA_AGE, limits.MAX_MFA_AGE, "the age of an MFA sign-in"))
]
RoleSession = Annotated[
    Duration, AfterValidator(_between(limits.MIN_SESSION, limits.MAX_SESSION, "a role's longest session"))
]
