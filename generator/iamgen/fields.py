"""The types of a roster's fields: text in, a checked value out, an error that says what would be right."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BeforeValidator, GetCoreSchemaHandler, GetJsonSchemaHandler, WithJsonSchema
from pydantic_core import PydanticCustomError, core_schema

from iamgen import limits

_UNITS = {"h": 3600, "m": 60, "s": 1}
_DURATION = re.compile(r"([0-9]{1,6})([smh])")
_FLAGS = {"true": True, "false": False}
_ARN_HEAD = rf"arn:{limits.PARTITION_PATTERN}:iam::"
POLICY_ARN_PATTERN = rf"{_ARN_HEAD}(aws|{limits.ACCOUNT_PATTERN}):policy/[\x21-\x7e]+"
ROLE_ARN_PATTERN = rf"{_ARN_HEAD}{limits.ACCOUNT_PATTERN}:role/[\x21-\x7e]+"
MFA_SERIAL_PATTERN = rf"{_ARN_HEAD}{limits.ACCOUNT_PATTERN}:mfa/[\x21-\x7e]+|[A-Za-z0-9]{{9,20}}"

T = TypeVar("T")


def refuse(message: str) -> PydanticCustomError:
    """An error whose text is shown as it stands, braces included."""
    return PydanticCustomError("iamgen", "{message}", {"message": message})


@dataclass(frozen=True)
class Text:
    """A string of one shape: `what` completes "… is not", `quota` names what bounds its length."""

    pattern: str
    what: str
    length: int
    quota: str

    def check(self, text: str) -> str:
        """The text itself; raises PydanticCustomError when it is too long or of another shape."""
        if len(text) > self.length:
            raise refuse(f"{len(text)} characters; {self.quota} allows {self.length}")
        if not re.fullmatch(self.pattern, text):
            raise refuse(f"{text!r} is not {self.what}")
        return text

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        """Check after the type."""
        return core_schema.no_info_after_validator_function(self.check, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """The same bounds, for editors."""
        return {"type": "string", "pattern": f"^(?:{self.pattern})$", "minLength": 1, "maxLength": self.length}


def _name(kind: str, length: int) -> Text:
    what = f"a {kind} name: use {limits.NAME_CHARACTERS}"
    return Text(limits.NAME_PATTERN, what, length, f"the quota for {kind} names")


def parse_duration(value: object) -> object:
    """`90s`, `30m` or `12h` to seconds; anything but text stays as it is for the type to judge."""
    if not isinstance(value, str):
        return value
    found = _DURATION.fullmatch(value)
    if found is None:
        raise refuse(f"{value!r} is not a duration: write a number and s, m or h, such as 90s, 30m or 12h")
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
        raise refuse(f"{value!r} is neither true nor false")
    return _FLAGS[value] if isinstance(value, str) else value


def _parse_version(value: object) -> object:
    if value in (1, "1"):
        return 1
    raise refuse(f"{value!r} is no version of this format: write 1")


def _empty_is_none(value: object) -> object:
    return None if value in ("", "null", "~") else value


def _empty_is_list(value: object) -> object:
    return () if value is None else value


def _empty_is_map(value: object) -> object:
    return {} if value is None else value


_DURATION_SCHEMA = WithJsonSchema({"type": "string", "pattern": "^[0-9]{1,6}[smh]$"})
_PATH = "a path: begin and end it with /, without spaces, as in /ops/"
_POLICY_ARN = "a policy's ARN, such as arn:aws:iam::123456789012:policy/boundary"
_SERIAL = "an MFA device's serial, such as arn:aws:iam::123456789012:mfa/alices-phone"

Version = Annotated[int, BeforeValidator(_parse_version), WithJsonSchema({"const": 1})]
Flag = Annotated[bool, BeforeValidator(_parse_flag), WithJsonSchema({"type": "boolean"})]
Maybe = Annotated[T | None, BeforeValidator(_empty_is_none)]
List = Annotated[tuple[T, ...], BeforeValidator(_empty_is_list)]
Map = Annotated[dict[str, T], BeforeValidator(_empty_is_map)]
UserName = Annotated[str, _name("user", limits.USER_NAME_LENGTH)]
RoleName = Annotated[str, _name("role", limits.ROLE_NAME_LENGTH)]
GroupName = Annotated[str, _name("group", limits.GROUP_NAME_LENGTH)]
PolicyName = Annotated[str, _name("policy", limits.POLICY_NAME_LENGTH)]
Path = Annotated[str, Text(limits.PATH_PATTERN, _PATH, limits.PATH_LENGTH, "the quota for paths")]
PolicyArn = Annotated[str, Text(POLICY_ARN_PATTERN, _POLICY_ARN, 2048, "an ARN")]
MfaSerial = Annotated[str, Text(MFA_SERIAL_PATTERN, _SERIAL, 256, "a serial")]
Account = Annotated[str, Text(limits.ACCOUNT_PATTERN, "an account: write its 12 digits", 12, "an account")]
Region = Annotated[str, Text(limits.REGION_PATTERN, "a region, such as eu-west-1", 64, "a region's name")]
Partition = Annotated[str, Text(limits.PARTITION_PATTERN, "a partition, such as aws-cn", 64, "a partition's name")]
Variable = Annotated[str, Text(limits.VARIABLE_PATTERN, "a Terraform variable's name", 128, "a variable's name")]
Duration = Annotated[int, BeforeValidator(parse_duration), _DURATION_SCHEMA]
MfaAge = Annotated[
    Duration, AfterValidator(_between(limits.MIN_MFA_AGE, limits.MAX_MFA_AGE, "the age of an MFA sign-in"))
]
RoleSession = Annotated[
    Duration, AfterValidator(_between(limits.MIN_SESSION, limits.MAX_SESSION, "a role's longest session"))
]
