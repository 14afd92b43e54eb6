"""Rosters for property tests: valid ones out of the whole range of each field, as the data of their YAML."""

from __future__ import annotations

import json
import string
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import yaml
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from iamgen import limits
from iamgen.load import DocumentError, Loaded, load
from iamgen.managed import ADMINISTRATORS, wrong
from iamgen_rules.policy import aws_managed

Data = dict[str, Any]
_NAME = string.ascii_letters + string.digits + "+=,.@_-"
_KINDS = ("password", "access_keys", "mfa", "ssh_keys", "git_credentials", "signing_certificates")
_MANAGED = [name for name in aws_managed.names() if name not in ADMINISTRATORS and wrong(name) is None]
_OWN = ["arn:aws:iam::123456789012:policy/own/one", "arn:aws-cn:iam::210987654321:policy/two"]
_ELSEWHERE = ["arn:aws:iam::210987654321:role/Sudo", "arn:aws-us-gov:iam::123456789012:role/a/b/C"]
_TEMPLATES = ["${x}", "$${x}", "$$${x}", "${", "%{ if x }", "%%{", "$", "%", "{", "}"]
_SYNTAX = ['"', '\\"', "\\", "\\u0041", "#", "//", "/*", "*/", "<<EOF\n", "EOF\n", "]", "=", "\n", "\r\n", "\t"]

_odd = st.one_of(st.sampled_from(_TEMPLATES), st.sampled_from(_SYNTAX), st.characters(exclude_categories=("Cs", "Cc")))
odd_text = st.lists(_odd, min_size=1, max_size=12).map("".join)
_readable = str.maketrans("", "", "\u2028\u2029\ufeff\ufffe\uffff")  # a YAML file with one of these is refused
_in_tags = st.characters(categories=("L", "Zs", "N"), include_characters="_.:/=+-@")
_latin = "".join(map(chr, [*range(0x20, 0x7F), *range(0xA1, 0x100)]))
_descriptions = st.text(f"\t\n\r{_latin}", min_size=1, max_size=80)
reasons = st.tuples(odd_text, st.sampled_from(["a", ".", "}", '"', " until=x"])).map(
    lambda texts: f"{''.join(texts).translate(_readable)}1"
)
_accounts = st.text("0123456789", min_size=12, max_size=12)
_variables = st.text(string.ascii_letters + string.digits + "_-", max_size=20).map(lambda text: f"v{text}")
_boundaries = st.sampled_from([*_MANAGED, *ADMINISTRATORS, *_OWN])


@dataclass(frozen=True)
class Sample:
    """A roster's data, and its policy documents by file name."""

    data: Data
    documents: Mapping[str, Data]

    def loaded(self) -> Loaded:
        """Written as YAML and loaded; raises InputError where it is not valid."""
        text = yaml.safe_dump(self.data, allow_unicode=True, sort_keys=False)
        return load(text, "iamgen.yaml", self._document)

    def _document(self, name: str) -> str:
        if name not in self.documents:
            raise DocumentError("does not exist")
        return json.dumps(self.documents[name], ensure_ascii=name < "policies/2")

    def texts(self) -> list[str]:
        """All texts in it, with the keys of tags and documents."""
        return [*_texts(self.data), *self.free()]

    def free(self) -> list[str]:
        """Those texts that may be nearly anything."""
        return [*_texts(list(_free(self.data))), *_texts(self.documents, keys=True)]

    def replaced(self, old: str, new: str) -> Sample:
        """The same with `new` for every text that is `old`."""
        return Sample(_replaced(self.data, old, new), _replaced(self.documents, old, new, keys=True))


def names(length: int) -> SearchStrategy[str]:
    """Names of a user, group, role or policy."""
    return st.text(_NAME, min_size=1, max_size=length)


def _several(items: SearchStrategy[str], most: int) -> SearchStrategy[list[str]]:
    """Texts of which no two differ only in case."""
    return st.lists(items, max_size=most, unique_by=str.lower)


def _paths(most: int = 3) -> SearchStrategy[str]:
    return st.lists(names(8), max_size=most).map(lambda parts: "".join(f"/{part}" for part in parts) + "/")


def _durations(low: int, high: int) -> SearchStrategy[str]:
    return st.one_of(
        st.integers(low, high).map(lambda seconds: f"{seconds}s"),
        st.integers(-(-low // 60), high // 60).map(lambda minutes: f"{minutes}m"),
        st.integers(-(-low // 3600), high // 3600).map(lambda hours: f"{hours}h"),
    )


def _tags() -> SearchStrategy[dict[str, str]]:
    keys = st.text(_in_tags, min_size=1, max_size=20).filter(lambda key: not key.lower().startswith("aws:"))
    values = st.text(_in_tags, max_size=30)
    return _several(keys, 4).flatmap(lambda found: st.fixed_dictionaries(dict.fromkeys(found, values)))


@st.composite
def documents(draw: DrawFn) -> Data:
    """A policy document, with odd text wherever IAM would take any."""
    statement: Data = {"Effect": draw(st.sampled_from(["Allow", "Deny"])), "Action": "s3:Get*"}
    statement["Resource"] = draw(st.just("*") | st.lists(odd_text, min_size=1, max_size=3))
    if draw(st.booleans()):
        statement["Condition"] = {"StringEquals": {draw(odd_text): draw(odd_text)}}
    return {"Version": "2012-10-17", "Statement": [statement]}


@dataclass
class _Maker:
    """Draws the parts of one roster; `documents` grows by the files that the parts name."""

    draw: DrawFn
    documents: dict[str, Data]

    def some(self, **fields: SearchStrategy[Any]) -> Data:
        """Any of the fields."""
        return {name: self.draw(field) for name, field in fields.items() if self.draw(st.booleans())}

    def policies(self, most: int, taken: str = "") -> list[Any]:
        """Managed policies and documents; none is called `taken`."""
        found: list[Any] = self.draw(st.lists(st.sampled_from(_MANAGED), max_size=most, unique=True))
        found += self.draw(st.lists(st.sampled_from(_OWN), max_size=2, unique=True))
        for name in self.draw(_several(names(30), 2)):
            if name.lower() != taken:
                file = f"policies/{len(self.documents)}.json"
                self.documents[file] = self.draw(documents())
                found.append({"name": name, "document": file})
        return found

    def mfa(self) -> Data:
        """The MFA policy; a reason only where there is something to excuse."""
        kinds = st.lists(st.sampled_from(_KINDS), unique=True)
        mfa = self.some(name=names(40), description=_descriptions, path=_paths(), self_service=kinds)
        mfa |= self.some(max_age=_durations(limits.MIN_MFA_AGE, limits.MAX_MFA_AGE), exists=st.just("true"))
        flags = st.sampled_from(["true", "false"])
        mfa |= self.some(change_password_before_mfa=flags, exempt_aws_service_calls=flags)
        if "true" in (mfa.get("change_password_before_mfa"), mfa.get("exempt_aws_service_calls")):
            mfa["reason"] = self.draw(reasons)
        return mfa

    def role(self, name: str) -> Data:
        """A sudo role; what the roster's own users could contradict only where other accounts are trusted."""
        role: Data = {"name": name, "path": self.draw(_paths(1))}
        role |= self.some(description=_descriptions, permissions_boundary=_boundaries, tags=_tags())
        role |= self.some(max_session=_durations(limits.MIN_SESSION, limits.MAX_SESSION), exists=st.just("true"))
        if self.draw(st.booleans()):
            role["trusted_accounts"] = self.draw(st.lists(_accounts, min_size=1, max_size=3, unique=True))
            ages = _durations(limits.MIN_MFA_AGE, limits.MAX_MFA_AGE)
            role |= self.some(user_path=_paths(), mfa_max_age=ages)
        if self.draw(st.booleans()):
            role["policies"] = self.policies(4)
        return role

    def group(self, name: str, roles: list[str]) -> Data:
        """A group; a reason only where there is something to excuse."""
        group: Data = {"name": name, "policies": self.policies(4, taken="sudo")}
        group["sudo"] = self.draw(st.lists(st.sampled_from([*roles, *_ELSEWHERE]), max_size=4, unique=True))
        group |= self.some(users_variable=st.just("people") | _variables)
        if self.draw(st.integers(0, 4)) == 4:
            group |= {"require_mfa": "false", "reason": self.draw(reasons)}
        elif self.draw(st.booleans()):
            group |= {"policies": [*group["policies"], "AdministratorAccess"], "reason": self.draw(reasons)}
        if self.draw(st.booleans()):
            return group | {"create": "false"}
        return group | self.some(path=_paths(), exists=st.just("true"))

    def user(self, name: str, groups: list[str]) -> Data:
        """A user."""
        of = st.lists(st.sampled_from(groups), max_size=10, unique=True) if groups else st.just([])
        user = {"name": name} | self.some(groups=of, path=_paths(), tags=_tags(), exists=st.just("true"))
        serial = st.just("arn:aws:iam::123456789012:mfa/phone")
        return user | self.some(permissions_boundary=_boundaries, mfa_serial=serial)


@st.composite
def samples(draw: DrawFn) -> Sample:
    """Valid rosters."""
    make = _Maker(draw, {})
    roles = draw(_several(names(40), 3))
    groups = draw(_several(names(limits.GROUP_NAME_LENGTH), 4))
    users = draw(_several(names(limits.USER_NAME_LENGTH), 5))
    data: Data = {
        "version": "1",
        **make.some(tags=_tags(), path=_paths(1), permissions_boundary=_boundaries),
        "sudo_roles": [make.role(name) for name in roles],
        "groups": [make.group(name, roles) for name in groups],
        "users": [make.user(name, groups) for name in users],
    }
    if draw(st.booleans()):
        data["mfa"] = make.mfa()
    return Sample(data, make.documents)


def _texts(data: Any, *, keys: bool = False) -> list[str]:
    if not isinstance(data, dict | list):
        return [data]
    values = data.values() if isinstance(data, dict) else data
    own = list(data) if keys and isinstance(data, dict) else []
    return own + [text for value in values for text in _texts(value, keys=keys)]


def _free(data: Any) -> Iterator[Any]:
    """Descriptions, reasons, tags and their keys."""
    for key, value in data.items() if isinstance(data, dict) else enumerate(data):
        if key in ("description", "reason"):
            yield value
        elif key == "tags":
            yield from ([tag, text] for tag, text in value.items())
        elif isinstance(value, dict | list):
            yield from _free(value)


def _replaced(data: Any, old: str, new: str, *, keys: bool = False) -> Any:
    if isinstance(data, list):
        return [_replaced(value, old, new, keys=keys) for value in data]
    if not isinstance(data, dict):
        return new if data == old else data
    return {
        new if keys and key == old else key: _replaced(value, old, new, keys=keys or key == "tags")
        for key, value in data.items()
    }
