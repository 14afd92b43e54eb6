"""What is simulated of a question: requests that the session can make, with values for the keys that it chooses.

The values are told from the text of the policies and from what a key is, not from the engine's own search.
"""

from __future__ import annotations

import ipaddress
import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice, pairwise, product
from typing import Any

from iamgen_rules.policy.decision import Policies, Policy
from iamgen_rules.policy.identity import Call
from iamgen_rules.policy.parse import parse
from iamgen_rules.policy.request import Held, Request
from iamgen_rules.policy.session import Kind, Session, is_free, requests
from simulate.judge import Documents, Trial

MOST, FEWER = 256, 32
Option = Mapping[str, Held | None]
_VARIABLE = re.compile(r"\$\{\s*([\w:/.-]+)")
_AGE = "aws:multifactorauthage"
_SESSION_NAMES = ("any-name",)
_ADDRESSES = ("10.0.0.1", "10.200.0.1", "192.168.0.7", "2001:db8::1", "2001:db9::1")


@dataclass(frozen=True)
class Asked:
    """May this session make this call, under these documents?"""

    session: Session
    call: Call
    documents: Documents


def policies(documents: Documents) -> Policies:
    """The same documents for the engine."""

    def named(many: Sequence[Mapping[str, Any]]) -> tuple[Policy, ...]:
        return tuple(Policy(str(index), parse(one)) for index, one in enumerate(many))

    return Policies(
        identity=named(documents.identity),
        boundary=None if documents.boundary is None else Policy("boundary", parse(documents.boundary)),
        scps=tuple(named(level) for level in documents.scps),
        trust=None if documents.trust is None else Policy("trust", parse(documents.trust, "trust")),
        own_account=documents.own_account,
    )


def principals(session: Session, documents: Documents) -> list[str]:
    """The ARNs under which the session may call: of a role's, whatever name the caller gives it."""
    identity = session.identity
    start = f"arn:{identity.partition}:sts::{identity.account}"
    if session.kind is Kind.FEDERATED:
        return [f"{start}:federated-user/somebody"]
    if identity.kind == "user":
        return [str(identity.arn)]
    prefix = f"{start}:assumed-role/{identity.name}/"
    named = re.findall(rf'"{re.escape(prefix)}([^"]+)"', str(documents.trust).replace("'", '"'))
    return [prefix + name for name in dict.fromkeys((*named, *_SESSION_NAMES))]


def trials(asked: Asked, now: datetime, chance: random.Random, most: int = MOST) -> Iterator[Trial]:
    """Requests of the session: all combinations of values, or as many of them by chance as there may be at most."""
    bases = list(requests(asked.session, asked.call, now))
    names = principals(asked.session, asked.documents)
    for base in bases:
        for request in _variants(asked, base, most // (len(bases) * len(names)), chance):
            yield Trial(request, names)


def _variants(asked: Asked, base: Request, most: int, chance: random.Random) -> Iterator[Request]:
    choices = list(_choices(asked, base))
    count = 1
    for options in choices:
        count *= len(options)
    if count <= most:
        picked: Iterator[tuple[Option, ...]] = product(*choices)
    else:
        picked = (tuple(chance.choice(options) for options in choices) for _ in range(most))
    for options in islice(picked, most):
        chosen = {key: held for option in options for key, held in option.items() if held is not None}
        yield _with(base, chosen, asked)


def _with(base: Request, chosen: Mapping[str, Held], asked: Asked) -> Request:
    """A call on itself stays one when the user gives itself another name."""
    on_itself = asked.call.target.resource == asked.session.identity.arn and asked.session.identity.free_name
    arn = chosen.get("aws:principalarn", (base.resource,)) if on_itself else (base.resource,)
    assert isinstance(arn, tuple)
    return replace(base, context={**base.context, **chosen}, resource=arn[0])


def _choices(asked: Asked, base: Request) -> Iterator[Sequence[Option]]:
    """For each key, or keys that go together, the values that it may have, None for absent."""
    texts = mentioned(asked.documents)
    for key, alternatives in asked.call.keys.items():
        if len(alternatives) > 1:
            yield [{key: held} for held in alternatives]
    if asked.session.has_age:
        yield [{_AGE: (age,)} for age in ("0", "9", "10", "11", "3600", "3601")]
    yield from _of_name(asked)
    for key in sorted(texts.keys() - base.context.keys()):
        if is_free(key, asked.session, asked.call):
            yield [{key: None}, *({key: values} for values in values_of(key, texts[key]))]


def _of_name(asked: Asked) -> Iterator[Sequence[Option]]:
    """The names that the caller may give itself; that of the user on whom it calls is taken."""
    identity, resource = asked.session.identity, str(asked.call.target.resource)
    if asked.session.kind is Kind.FEDERATED:
        start = f"arn:{identity.partition}:sts::{identity.account}:federated-user/"
        yield [{"aws:principalarn": (start + name,)} for name in ("somebody", "alice", "bob")]
    elif identity.kind == "user" and identity.free_name:
        start = f"arn:{identity.partition}:iam::{identity.account}:user/"
        paths = {path: path.rpartition("/")[2] for path in ("alice", "ops/alice", "bob", "x/zed", str(identity.name))}
        taken = identity.taken | {resource.rpartition("/")[2]}
        free = {path: name for path, name in paths.items() if name == identity.name or name not in taken}
        yield [{"aws:principalarn": (start + path,), "aws:username": (name,)} for path, name in free.items()]


# What the documents say


def mentioned(documents: Documents) -> dict[str, list[str]]:
    """The keys that conditions and policy variables are about, with what conditions compare them with."""
    found: dict[str, list[str]] = {}
    for statement in statements(documents):
        for key in _VARIABLE.findall(str(statement)):
            found.setdefault(key.lower(), [])
        for operator, block in statement.get("Condition", {}).items():
            for key, values in block.items():
                texts = found.setdefault(key.lower(), [])
                texts += [str(one) for one in listed(values)] if "Null" not in operator else []
    return found


def statements(documents: Documents) -> Iterator[Mapping[str, Any]]:
    """Every statement."""
    every = [*documents.identity, *(one for level in documents.scps for one in level)]
    every += [one for one in (documents.boundary, documents.trust) if one is not None]
    for document in every:
        yield from listed(document["Statement"])


def listed(raw: Any) -> list[Any]:
    """One or many as many."""
    return raw if isinstance(raw, list) else [raw]


def values_of(key: str, texts: Sequence[str]) -> list[tuple[str, ...]]:
    """What a request may have for a key: values that meet the texts or miss them; several where AWS sends several."""
    if key in ("aws:sourceip", "aws:vpcsourceip"):
        return [(one,) for one in dict.fromkeys((*_hosts(texts), *_ADDRESSES))]
    if key == "aws:securetransport":
        return [("true",), ("false",)]
    numbers = bool(texts) and all(text.isdigit() for text in texts)
    singles = list(dict.fromkeys((*_near(texts), *(() if numbers else ("other",)))))
    if key == "aws:tagkeys":
        return [*((one,) for one in singles), *pairwise(singles), tuple(singles)]
    return [(one,) for one in singles]


def _near(texts: Sequence[str]) -> Iterator[str]:
    """Each text, with nothing and with something for its wildcards; numbers beside numbers."""
    for text in texts:
        if "${" in text:
            yield from ("alice", "red")
        elif re.fullmatch(r"\d{1,6}", text):
            yield from (str(max(int(text) - 1, 0)), text, str(int(text) + 1))
        else:
            yield from (one for one in (re.sub("[*?]", "x", text), text.replace("*", "").replace("?", "y")) if one)


def _hosts(texts: Sequence[str]) -> Iterator[str]:
    """The first address of each network."""
    for text in texts:
        try:
            yield str(ipaddress.ip_interface(text).network.network_address)
        except ValueError:
            continue
