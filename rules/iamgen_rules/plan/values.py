"""The values of an instance as plain data, what is unknown in them by the name of what would decide it.

A reference of a plan says where a value comes from, not what becomes of it on the way. It is taken for the value
itself where it is the only one that is unknown and the argument takes just such values: an ARN, or a name.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from iamgen_rules.account.resource import Plain
from iamgen_rules.plan.address import parts
from iamgen_rules.plan.blocks import Blocks
from iamgen_rules.plan.documents import Documents
from iamgen_rules.plan.hidden import LATER
from iamgen_rules.plan.references import Context, References, Source, Sources
from iamgen_rules.plan.tree import EMPTY, Json
from iamgen_rules.policy.text import Text, Unknown

KINDS = {"aws_iam_user": "user", "aws_iam_group": "group", "aws_iam_role": "role", "aws_iam_policy": "policy"}
_DOCUMENT = "aws_iam_policy_document"
_ARNS = frozenset({"permissions_boundary", "role", "resources", "not_resources", "identifiers", "values"})
_SEVERAL = frozenset({"users", "groups", "roles", "policy_arns", "managed_policy_arns"})
_TEXTS = frozenset({"policy", "assume_role_policy", "source_policy_documents", "override_policy_documents", "content"})
_TEXT = frozenset({"", "json", "minified_json"})


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads the values of one instance."""

    references: References
    documents: Documents
    address: str
    context: Context

    def block(self, values: Json, unknown: object, written: Json, path: str = "") -> dict[str, Plain]:
        """A block, or the instance itself; what is null is not there."""
        flags = unknown if isinstance(unknown, dict) else EMPTY
        found: dict[str, Plain] = {}
        for name in {**values, **flags}:
            value = self.value(values.get(name), flags.get(name), written.get(name), f"{path}.{name}")
            if value is not None:
                found[name] = value
        return found

    def value(self, value: Any, unknown: object, written: object, path: str) -> Plain:
        """An argument, or a part of it; `written` is its expression, or those of its blocks."""
        if unknown is True:
            return self._unknown(written, path)
        if isinstance(value, dict) or isinstance(unknown, dict):
            values = value if isinstance(value, dict) else EMPTY
            return self.block(values, unknown, written if isinstance(written, dict) else EMPTY, path)
        if isinstance(value, list):
            return self._elements(value, unknown, written, path)
        return _text(value) if isinstance(value, str) else value

    def _elements(self, value: Sequence[Any], unknown: object, written: object, path: str) -> tuple[Plain, ...]:
        flags = unknown if isinstance(unknown, list) else []
        blocks = Blocks(written) if isinstance(written, list) else None
        if blocks is None and flags.count(True) > 1:
            return tuple(self._set(value, flags, written, path))
        return tuple(
            self.value(one, flag, blocks.of(one, index, len(value)) if blocks else written, f"{path}[{index}]")
            for index, (one, flag) in enumerate(zip_longest(value, flags[: len(value)]))
        )

    def _set(self, value: Sequence[Any], flags: Sequence[object], written: object, path: str) -> Iterator[Plain]:
        """Texts of which several are unknown: each is one of the sources where there are as many."""
        sources, several = self._sources(written), flags.count(True)
        each = [self._fitting(source, path) for source in sorted(sources)]
        names = [one for one in each if one is not None] if len(sources) == several else []
        whole = self._unknown(written, path) if several > len(sources) == 0 else self._named(sources, path)
        rest: list[Plain] = [*names] if len(names) == several else [whole] * several
        for one, flag in zip_longest(value, flags[: len(value)]):
            yield rest.pop(0) if flag is True else _text(one) if isinstance(one, str) else None

    def _unknown(self, written: object, path: str) -> Plain:
        """Without an expression it is computed by the provider, or a dynamic block."""
        name = _argument(path)
        if not isinstance(written, dict):
            return Unknown(f"{self.address}{path}{LATER if written else ''}")
        sources = self._sources(written)
        if name in _SEVERAL and path == f".{name}":
            each = [self._fitting(source, path) for source in sorted(sources)]
            return (*(one for one in each if one is not None), Unknown(f"{self.address}{path}{LATER}"))
        fitting = self._fitting(min(sources), path) if len(sources) == 1 else None
        return self._named(sources, path) if fitting is None else fitting

    def _sources(self, written: object) -> Sources:
        return self.references.sources(written, self.context) if isinstance(written, dict) else frozenset()

    def _named(self, sources: Sources, path: str) -> Unknown:
        """By the sources; by itself where they are none, or where somebody would take one for the value."""
        if not sources or (len(sources) == 1 and self._is_value(min(sources))):
            return Unknown(f"{self.address}{path}{LATER}")
        return Unknown(", ".join(sorted(map(str, sources))))

    def _is_value(self, source: Source) -> bool:
        """Whether whoever builds the account puts a value in its place."""
        is_named = _kind(source) in KINDS and source.attribute in ("arn", "id", "name")
        return is_named and source.owner in self.references.instances

    def _fitting(self, source: Source, path: str) -> Text | None:
        """The value that the argument has, if that is the source's value."""
        name, kind = _argument(path), _kind(source)
        if source.owner not in self.references.instances:
            return None
        if kind == _DOCUMENT and source.attribute in _TEXT:
            return self.documents.text(source.owner) if name in _TEXTS else None
        attribute = source.attribute or ("arn" if _takes_arn(name) else "name")
        is_arn = attribute == "arn" or (attribute == "id" and kind == "aws_iam_policy")
        takes = _takes_arn(name) if is_arn else attribute in ("id", "name") and _takes(name, kind)
        return Unknown(f"{source.owner}.{attribute}") if kind in KINDS and takes else None


def _argument(path: str) -> str:
    """The argument that a path ends in, whichever of its elements is meant."""
    found = parts(path)
    return found[-1].name if found else ""


def _kind(source: Source) -> str:
    """The type of the resource or data source that a source is of."""
    *_, found, _ = ["", "", *(part.name for part in parts(source.owner))]
    return found


def _takes_arn(argument: str) -> bool:
    return argument in _ARNS or argument.endswith(("_arn", "_arns"))


def _takes(argument: str, kind: str) -> bool:
    """Whether an argument takes the names of users, groups or roles."""
    name = KINDS.get(kind, "")
    return argument in (name, f"{name}s", f"{name}_name", f"{name}name")


def _text(value: str) -> str:
    """JSON can write half of a surrogate pair; Terraform puts U+FFFD in its place."""
    return value if value.isascii() else value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
