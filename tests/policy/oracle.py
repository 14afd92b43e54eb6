"""A second implementation of the decision, slow and obvious, from AWS's documentation.

It shares no code with the first: it reads raw documents, matches wildcards by recursion letter by letter, and knows
yes and no only. Where AWS does not say what it does, a question carries which of two readings is meant.
"""

from __future__ import annotations

import base64
import binascii
import ipaddress
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

Raw = Mapping[str, Any]
Context = Mapping[str, Sequence[str]]
Letter = tuple[str, bool]  # a character, and whether it is a wildcard


@dataclass
class Question:
    """A request and all that bears on it; the context's keys are in lower case.

    `doubt` is the answer to all that AWS leaves open, `doubts` notes what of it was met.
    """

    action: str
    resource: str
    context: Context = field(default_factory=dict)
    identity: Sequence[Raw] = ()
    boundary: Raw | None = None
    scps: Sequence[Sequence[Raw]] = ()
    trust: Raw | None = None
    own_account: bool = True
    user: str = ""
    role: str = ""
    account: str = ""
    doubt: bool = False
    doubts: list[str] = field(default_factory=list)

    def open(self, what: str) -> bool:
        """Something that AWS leaves open, by the reading that is meant."""
        self.doubts.append(what)
        return self.doubt


def allowed(asked: Question) -> bool:
    """Whether AWS allows it."""
    documents = [*asked.identity, *(one for level in asked.scps for one in level)]
    documents += [one for one in (asked.boundary, asked.trust) if one is not None]
    if any(effective(one, "Deny", asked) for one in documents):
        return False
    if not all(any(effective(one, "Allow", asked) for one in level) for level in asked.scps):
        return False
    inside = asked.boundary is None or effective(asked.boundary, "Allow", asked)
    granted = inside and any(effective(one, "Allow", asked) for one in asked.identity)
    if asked.trust is None:
        return granted
    trusted = {how for how in ("itself", "role", "account") if effective(asked.trust, "Allow", asked, how)}
    if not asked.own_account:
        return granted and trusted != set()
    return "itself" in trusted or ("role" in trusted and inside) or ("account" in trusted and granted)


def effective(document: Raw, effect: str, asked: Question, how: str = "") -> bool:
    """Whether some statement of the effect applies."""
    new = document.get("Version") == "2012-10-17"
    found = document["Statement"]
    statements = found if isinstance(found, list) else [found]
    return any(one["Effect"] == effect and applies(one, asked, how, new=new) for one in statements)


def listed(raw: Any) -> list[Any]:
    """One or many as many."""
    return raw if isinstance(raw, list) else [raw]


def applies(statement: Raw, asked: Question, how: str, *, new: bool) -> bool:
    """Whether each part fits."""
    if "Action" in statement:
        action = any(wild(letters(one.lower()), asked.action.lower()) for one in listed(statement["Action"]))
    else:
        action = not any(wild(letters(one.lower()), asked.action.lower()) for one in listed(statement["NotAction"]))
    if "Principal" in statement:
        who = principal(statement["Principal"], asked, how)
    elif "Resource" in statement:
        who = any(resource(one, asked, new=new) for one in listed(statement["Resource"]))
    else:
        who = not any(resource(one, asked, new=new) for one in listed(statement["NotResource"]))
    conditions = statement.get("Condition", {})
    met = all(
        condition(operator, asked.context.get(key.lower()), listed(values), asked, new=new)
        for operator, keys in conditions.items()
        for key, values in keys.items()
    )
    return action and who and met


def principal(raw: Any, asked: Question, how: str) -> bool:
    """Whether the caller is named, in this way or in any."""
    entries = ["*"] if raw == "*" else listed(raw.get("AWS", []))
    root = f"arn:aws:iam::{asked.account}:root"
    ways = {
        "itself": any(one == "*" or (asked.user and one == asked.user) or session(one, asked) for one in entries),
        "role": asked.role != "" and asked.role in entries,
        "account": any(one in (asked.account, root) for one in entries),
    }
    return ways[how] if how else any(ways.values())


def session(entry: str, asked: Question) -> bool:
    """Whether an entry is some session of the caller's role."""
    prefix = f"arn:aws:sts::{asked.account}:assumed-role/{asked.role.rpartition('/')[2]}/"
    return asked.role != "" and entry.startswith(prefix)


# Text


def letters(text: str) -> list[Letter]:
    """A pattern without variables."""
    return [(one, one in "*?") for one in text]


def with_variables(text: str, asked: Question) -> list[Letter] | None:
    """A pattern with its variables' values, which are no wildcards; None where one has none."""
    found: list[Letter] = []
    while text:
        variable = re.match(r"\$\{([^{}]*)\}", text)
        if not variable:
            found.append((text[0], text[0] in "*?"))
            text = text[1:]
            continue
        value = value_of(variable[1], asked)
        if value is None:
            return None
        found += [(one, False) for one in value]
        text = text[variable.end() :]
    return found


def value_of(inside: str, asked: Question) -> str | None:
    """What a variable stands for: the only value of a key, else its default."""
    if inside in ("*", "?", "$"):
        return inside
    name, comma, default = inside.partition(",")
    values = asked.context.get(name.strip().lower(), [])
    if len(values) == 1 or (len(values) > 1 and asked.open("a variable with several values")):
        return values[0]
    quoted = default.strip()
    return quoted[1:-1] if comma else None


def wild(pattern: Sequence[Letter], text: str) -> bool:
    """Whether a text matches."""
    if not pattern:
        return text == ""
    (letter, special), rest = pattern[0], pattern[1:]
    if special and letter == "*":
        return wild(rest, text) or (text != "" and wild(pattern, text[1:]))
    return text != "" and ((special and letter == "?") or letter == text[0]) and wild(rest, text[1:])


def arn(pattern: Sequence[Letter], text: str, colons: int = 0) -> bool:
    """The same for an ARN: what is not the star at a segment's end stays in its segment."""
    if not pattern:
        return text == ""
    (letter, special), rest = pattern[0], pattern[1:]
    if special and letter == "*" and arn(rest, text, colons):
        return True
    if text == "":
        return False
    after = colons + (text[0] == ":")
    leaves = text[0] == ":" and colons < 5
    if special and letter == "*":
        ends = rest == [] or rest[0] == (":", False)
        return (ends or not leaves) and arn(pattern, text[1:], after)
    if special:
        return not leaves and arn(rest, text[1:], after)
    return letter == text[0] and arn(rest, text[1:], after)


def resource(pattern: str, asked: Question, *, new: bool) -> bool:
    """Whether the resource is meant; an ARN with segments missing is as if they were stars."""
    found = with_variables(pattern, asked) if new else letters(pattern)
    if found is None:
        return False
    short = "".join(letter for letter, _ in found)
    whole = (
        short.startswith("arn:") and short.count(":") < 5 and arn([*found, (":", False), ("*", True)], asked.resource)
    )
    return arn(found, asked.resource) or whole


# Conditions

NEGATED = {
    "StringNotEquals": "StringEquals",
    "StringNotEqualsIgnoreCase": "StringEqualsIgnoreCase",
    "StringNotLike": "StringLike",
    "NumericNotEquals": "NumericEquals",
    "DateNotEquals": "DateEquals",
    "NotIpAddress": "IpAddress",
    "ArnNotEquals": "ArnEquals",
    "ArnNotLike": "ArnLike",
}
ORDERS: dict[str, Callable[[Any, Any], bool]] = {
    "Equals": lambda value, limit: value == limit,
    "LessThan": lambda value, limit: value < limit,
    "LessThanEquals": lambda value, limit: value <= limit,
    "GreaterThan": lambda value, limit: value > limit,
    "GreaterThanEquals": lambda value, limit: value >= limit,
}


def condition(written: str, held: Sequence[str] | None, values: list[Any], asked: Question, *, new: bool) -> bool:
    """Whether one operator on one key holds."""
    quantifier, _, name = written.rpartition(":")
    optional = name.endswith("IfExists")
    name = name.removesuffix("IfExists")
    texts = [str(one).lower() if isinstance(one, bool) else str(one) for one in values]
    if name == "Null":
        return any(one.lower() == ("false" if held else "true") for one in texts)
    if not held:
        return quantifier != "ForAnyValue" and (optional or name in NEGATED or quantifier == "ForAllValues")
    if len(held) > 1 and not quantifier:
        return asked.open("several values without a quantifier")
    each = [any(matches(NEGATED.get(name, name), one, text, asked, new=new) for text in texts) for one in held]
    satisfied = [one != (name in NEGATED) for one in each]
    if not quantifier:
        return satisfied[0]
    answer = all(satisfied) if quantifier == "ForAllValues" else any(satisfied)
    if "".join(held) == "" and answer != (quantifier == "ForAllValues"):
        return asked.open("an empty value with a quantifier")
    return answer


def matches(name: str, held: str, text: str, asked: Question, *, new: bool) -> bool:
    """Whether one value matches one value of a policy."""
    if "${" in text and new and not name.startswith(("String", "Arn")):
        return asked.open("a variable where none can be")
    pattern = with_variables(text, asked) if name.startswith(("String", "Arn")) and new else letters(text)
    if pattern is None:
        return False
    plain = "".join(letter for letter, _ in pattern)
    if name.startswith("Numeric"):
        return ordered(name.removeprefix("Numeric"), decimal(held), decimal(text))
    if name.startswith("Date"):
        years = re.fullmatch("[0-9]{4}", held) or re.fullmatch("[0-9]{4}", text)
        if years and date(held) is not None and date(text) is not None:
            return asked.open("a year, or so many seconds")
        return ordered(name.removeprefix("Date"), date(held), date(text))
    simple: dict[str, Callable[[], bool]] = {
        "StringEquals": lambda: plain == held,
        "StringEqualsIgnoreCase": lambda: plain.lower() == held.lower(),
        "StringLike": lambda: wild(pattern, held),
        "ArnEquals": lambda: held.startswith("arn:") and arn(pattern, held),
        "ArnLike": lambda: held.startswith("arn:") and arn(pattern, held),
        "Bool": lambda: plain.lower() == held.lower() in ("true", "false"),
        "BinaryEquals": lambda: decoded(text) is not None and decoded(text) == decoded(held),
        "IpAddress": lambda: within(held, text),
    }
    return simple[name]()


def ordered(name: str, held: Decimal | None, limit: Decimal | None) -> bool:
    """Whether both are numbers in this order."""
    return held is not None and limit is not None and ORDERS[name](held, limit)


def decimal(text: str) -> Decimal | None:
    """A number."""
    try:
        return Decimal(text) if re.fullmatch(r"[-+0-9.eE]+", text) else None
    except InvalidOperation:
        return None


def date(text: str) -> Decimal | None:
    """A point in time, in the zone that it names, else in UTC."""
    for shape in ("%Y-%m", "%Y-%m-%d", "%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M:%S.%f"):
        zone = "" if "T" in text else "+0000"
        try:
            return Decimal(str(datetime.strptime(text + zone, f"{shape}%z").timestamp()))
        except ValueError:
            continue
    return decimal(text)


def decoded(text: str) -> bytes | None:
    """Bytes in base64."""
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error:
        return None


def within(held: str, text: str) -> bool:
    """Whether an address is in a network: the same leading bits."""
    try:
        address, network = ipaddress.ip_address(held), ipaddress.ip_interface(text)
    except ValueError:
        return False
    length = network.network.prefixlen
    shift = network.max_prefixlen - length
    return address.version == network.version and int(address) >> shift == int(network.ip) >> shift
