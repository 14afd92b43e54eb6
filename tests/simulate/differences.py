"""Where the judge is known to differ from AWS: each by a name, with the AWS document that says what is right.

A difference is a reading: the documents changed so that the engine, which reads them as AWS does, decides as the judge
does of the documents as they are. Any disagreement that these readings do not turn into agreement is a failure. Each
has a decision case of what AWS does, in `judged.json`, of which the judge says the opposite.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from fnmatch import fnmatchcase

from iamgen_rules.policy.operators.operator import moment
from iamgen_rules.policy.request import Request
from simulate.judge import Documents, Raw
from simulate.trials import listed

OPERATORS = "IAM JSON policy elements: Condition operators"
RESOURCES = "IAM JSON policy elements: Resource"
VARIABLES = "IAM policy elements: Variables and tags"
_VARIABLE = re.compile(r"\$\{([^{}]*)\}")
_SEGMENTS = 6
_ACTIONS = ("Action", "NotAction")
_RESOURCES = ("Resource", "NotResource")
Reading = Callable[[Documents, Request], Documents]
Change = Callable[[Raw, Request], Raw | None]


@dataclass(frozen=True)
class Difference:
    """`name` is that of its case, too; `source` the title of AWS's document."""

    name: str
    source: str
    reading: Reading


def as_judged(
    documents: Documents, request: Request, differences: Sequence[Difference] | None = None
) -> tuple[Documents, list[str]]:
    """The documents as the judge reads them for a request, and the names of the differences that this takes."""
    names: list[str] = []
    documents = _statements(_plain)(documents, request)
    for difference in DIFFERENCES if differences is None else differences:
        changed = difference.reading(documents, request)
        if changed != documents:
            names.append(difference.name)
        documents = changed
    return documents, names


def as_told(documents: Documents) -> Documents:
    """The documents as the judge is told them: it refuses the action `*:*`, which is `*`."""
    return _statements(_told)(documents, Request("", ""))


def _plain(statement: Raw, request: Request) -> Raw:
    """All that may be one or many as many."""
    del request
    conditions = {
        operator: {key: [str(one) for one in listed(values)] for key, values in block.items()}
        for operator, block in statement.get("Condition", {}).items()
    }
    lists = {name: listed(statement[name]) for name in (*_ACTIONS, *_RESOURCES) if name in statement}
    return {**statement, **lists, "Condition": conditions}


def _told(statement: Raw, request: Request) -> Raw:
    plain = _plain(statement, request)
    told = {name: ["*" if one == "*:*" else one for one in plain[name]] for name in _ACTIONS if name in plain}
    return {**statement, **told}


# Of every document, every statement, every condition


def _each(change: Callable[[Raw], Raw], documents: Documents) -> Documents:
    return replace(
        documents,
        identity=[change(one) for one in documents.identity],
        boundary=None if documents.boundary is None else change(documents.boundary),
        scps=[[change(one) for one in level] for level in documents.scps],
        trust=None if documents.trust is None else change(documents.trust),
    )


def _statements(change: Change) -> Reading:
    """Every statement changed, or gone where the change leaves none."""

    def reading(documents: Documents, request: Request) -> Documents:
        def changed(document: Raw) -> Raw:
            found = (change(one, request) for one in listed(document["Statement"]))
            return {**document, "Statement": [one for one in found if one is not None]}

        return _each(changed, documents)

    return reading


def _values(change: Callable[[str, str, str, Request], str | None]) -> Reading:
    """Every value changed that a key of the request is compared with; given are operator, value, and that of the key.

    With None the condition is never met, so that its statement is gone.
    """

    def changed(statement: Raw, request: Request) -> Raw | None:
        conditions: dict[str, dict[str, list[str]]] = {}
        for operator, block in statement["Condition"].items():
            for key, values in block.items():
                held = request.values(key.lower())
                single = str(request.single(key.lower()))
                changed = [change(operator, one, single, request) for one in values] if held else values
                kept = [one for one in changed if one is not None]
                if len(kept) < len(values):
                    return None
                conditions.setdefault(operator, {})[key] = kept
        return {**statement, "Condition": conditions}

    return _statements(changed)


# Variables


def _in_any_version(documents: Documents, request: Request) -> Documents:
    del request
    return _each(lambda document: {**document, "Version": "2012-10-17"}, documents)


def _is_unresolved(text: str, request: Request) -> bool:
    names = (inside.partition(",") for inside in _VARIABLE.findall(text) if inside not in ("*", "?", "$"))
    return any(not default and request.single(name.strip().lower()) is None for name, _, default in names)


def _unresolved_resource(statement: Raw, request: Request) -> Raw:
    """In NotResource it leaves its statement without effect on everything of that type."""
    if "NotResource" not in statement:
        return statement
    entries = [_of_type(one) if _is_unresolved(one, request) else one for one in statement["NotResource"]]
    return {**statement, "NotResource": entries}


def _of_type(entry: str) -> str:
    """All that begins as an ARN does up to its type: `…:user/*`; a bucket has none."""
    *segments, resource = entry.split(":", _SEGMENTS - 1)
    type_ = re.match("[^/:]*[/:]", resource)
    return ":".join((*segments, f"{type_[0] if type_ and segments[2] != 's3' else ''}*"))


def _unresolved_value(operator: str, text: str, held: str, request: Request) -> str | None:
    """Nothing is unlike it; of an ARN, nothing that is like it in all segments but the last."""
    del held
    if "Not" not in operator or not _is_unresolved(text, request):
        return text
    return ":".join((*text.split(":", _SEGMENTS - 1)[:-1], "*")) if "Arn" in operator else None


# Resources and principals


def _is_incomplete(entry: str) -> bool:
    return entry.startswith("arn:") and entry.count(":") < _SEGMENTS - 1


def _without_effect(statement: Raw, request: Request) -> Raw | None:
    del request
    return None if any(_is_incomplete(one) for one in statement.get("NotResource", ())) else statement


def _within_segments(statement: Raw, request: Request) -> Raw:
    """No star reaches beyond its segment; an incomplete ARN is completed before it is matched."""
    entries = {name: [_within(one, request) for one in statement[name]] for name in _RESOURCES if name in statement}
    return {**statement, **entries}


def _within(entry: str, request: Request) -> str:
    """A complete ARN with the segments that the request has, where they fit; with fewer colons there is no beyond."""
    if _is_incomplete(entry):
        return entry + ":*" * (_SEGMENTS - 1 - entry.count(":"))
    if not entry.startswith("arn:") or str(request.resource).count(":") < _SEGMENTS:
        return entry
    *segments, resource = entry.split(":", _SEGMENTS - 1)
    given = str(request.resource).split(":", _SEGMENTS - 1)[:-1]
    return ":".join((*given, resource)) if all(map(fnmatchcase, given, segments)) else "arn:::::"


def _on_anything(statement: Raw, request: Request) -> Raw | None:
    """Whoever may make the call on something may make it; a Deny on all but something does not hold."""
    if request.resource != "*":
        return statement
    if statement["Effect"] == "Deny":
        return None if "NotResource" in statement else statement
    return {**statement, "Resource": ["*"]} if "Resource" in statement else statement


def _of_any_type(statement: Raw, request: Request) -> Raw:
    del request
    principal = statement.get("Principal")
    if not isinstance(principal, dict):
        return statement
    return {**statement, "Principal": {"AWS": [one for many in principal.values() for one in listed(many)]}}


# Values of conditions


def _milliseconds(operator: str, text: str, held: str, request: Request) -> str:
    """Seconds, on either side, are milliseconds."""
    del request
    if "Date" not in operator or text.isdigit() == held.isdigit():
        return text
    if text.isdigit():
        return datetime.fromtimestamp(int(text) / 1000, UTC).isoformat().replace("+00:00", "Z")
    seconds = moment(text)
    return f"{seconds * 1000:.0f}" if isinstance(seconds, float) else text


def _itself_only(operator: str, text: str, held: str, request: Request) -> str:
    del held, request
    return re.sub(r"^([\d.]+)/0$", r"\1/32", text) if "Ip" in operator else text


def _neither_in_nor_out(operator: str, text: str, held: str, request: Request) -> str | None:
    """What is asked of a bare address, where the request's is of the other family."""
    del request
    return None if "NotIp" in operator and "/" not in text and (":" in held) != (":" in text) else text


DIFFERENCES = (
    Difference("variables in Version 2008-10-17", "IAM JSON policy elements: Version", _in_any_version),
    Difference("a variable without value in NotResource", VARIABLES, _statements(_unresolved_resource)),
    Difference("a variable without value under a negated operator", VARIABLES, _values(_unresolved_value)),
    Difference("an incomplete ARN in NotResource", "IAM identifiers", _statements(_without_effect)),
    Difference("a star that ends a segment", RESOURCES, _statements(_within_segments)),
    Difference("a call on no resource", RESOURCES, _statements(_on_anything)),
    Difference("a principal of another type", "AWS JSON policy elements: Principal", _statements(_of_any_type)),
    Difference("a date in seconds", OPERATORS, _values(_milliseconds)),
    Difference("every IPv4 address", OPERATORS, _values(_itself_only)),
    Difference("a bare address and the other family", OPERATORS, _values(_neither_in_nor_out)),
)
