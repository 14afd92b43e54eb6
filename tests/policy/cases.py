"""Decisions as JSON (decisions/): how a case is written, read into what the engine takes.

A file has `documents` by name and `cases`. A case: `name`; `policies`, each the name of a document or `{name:
document}`; `session`; `request` (action, resource; `tags` of its target, null where that is not declared;
`free_tags`), or `steps`, several of them; `expected` "yes", "no", "malformed" or the names of what is missing; `by`,
the deciding statements as `policy: Sid`; `place`, where a document is malformed. And where it matters: `boundary`,
`scps` (levels of policies), `trust`, `own_account`; `caller` (the user's name, `{"role": name}`, or "role" for one),
`path`, `tags`, `free` ("tags", "name"), `taken` names; `keys` that the call has, `choices` among values of a key,
`chosen` values in the answer; `through`, the calls by which CloudFormation makes this one. `{"unknown": name}` and
`{"parts": […]}` may stand for any value.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from iamgen_rules.policy.ask import Reached, ask
from iamgen_rules.policy.decision import Policies, Policy
from iamgen_rules.policy.identity import Call, Identity, Tags, Target
from iamgen_rules.policy.parse import parse
from iamgen_rules.policy.request import Held
from iamgen_rules.policy.session import Kind, Session
from iamgen_rules.policy.text import Partial, Unknown

ACCOUNT = "111122223333"
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
FOLDER = Path(__file__).parent / "decisions"
Case = Mapping[str, Any]


def cases() -> list[tuple[str, Case]]:
    """Every case with its name, the documents that it names put in."""
    found: list[tuple[str, Case]] = []
    for file in sorted(FOLDER.glob("*.json")):
        data = json.loads(file.read_text(encoding="utf-8"))
        documents = data["documents"]
        for case in data["cases"]:
            policies = [{one: documents[one]} if isinstance(one, str) else one for one in case["policies"]]
            found.append((f"{file.stem}: {case['name']}", {**case, "policies": policies}))
    return found


def answers(case: Case) -> list[Reached]:
    """What the engine says, for each step of the case."""
    session = Session(identity(case), Kind(case["session"]))
    policies = policies_of(case)
    return [ask(session, call(step, case), policies, now=NOW) for step in steps_of(case)]


def steps_of(case: Case) -> Sequence[Case]:
    """The request, or the requests, of a case."""
    steps: Sequence[Case] = case.get("steps") or [{**case["request"], "trust": "trust" in case}]
    return steps


def identity(case: Case) -> Identity:
    """Who calls."""
    raw = case.get("caller", "alice")
    role = {"role": "Worker"}.get(raw) if isinstance(raw, str) else raw.get("role")
    free = case.get("free", ())
    return Identity(
        kind="role" if role else "user",
        name=role or unknowns(raw),
        account=ACCOUNT,
        path=case.get("path", "/"),
        tags=tags_of(case.get("tags", {})) or {},
        free_tags="tags" in free,
        free_name="name" in free,
        taken=frozenset(case.get("taken", ())),
    )


def tags_of(raw: object) -> Tags | None:
    """Tags of the caller or of a target; None where there is no declared target."""
    found: Tags | None = unknowns(raw)
    return found


def policies_of(case: Case) -> Policies:
    """What bears on the caller."""
    return Policies(
        identity=tuple(policy(one) for one in case["policies"]),
        boundary=policy({"boundary": case["boundary"]}) if "boundary" in case else None,
        scps=tuple(tuple(policy(one) for one in level) for level in case.get("scps", ())),
    )


def policy(named: Mapping[str, object]) -> Policy:
    """One `{name: document}`."""
    ((name, document),) = named.items()
    return Policy(name, parse(unknowns(document), "trust" if name == "trust" else "identity"))


def call(step: Case, case: Case) -> Call:
    """One step as a call."""
    target = Target(
        unknowns(step["resource"]),
        tags=tags_of(step.get("tags", {})),
        free_tags=step.get("free_tags", False),
        trust=policy({"trust": case["trust"]}) if step.get("trust") else None,
        own_account=case.get("own_account", True),
    )
    keys: dict[str, tuple[Held | None, ...]] = {key: (tuple(values),) for key, values in case.get("keys", {}).items()}
    for key, alternatives in {**case.get("choices", {}), **step.get("choices", {})}.items():
        keys[key] = tuple(None if values is None else tuple(values) for values in alternatives)
    return Call(step["action"], target, keys)


def unknowns(raw: Any) -> Any:
    """The raw value with `{"unknown": …}` and `{"parts": […]}` replaced."""
    if isinstance(raw, list):
        return [unknowns(item) for item in raw]
    if not isinstance(raw, dict):
        return raw
    if raw.keys() == {"unknown"}:
        return Unknown(raw["unknown"])
    if raw.keys() == {"parts"}:
        return Partial(tuple(unknowns(part) for part in raw["parts"]))
    return {key: unknowns(value) for key, value in raw.items()}
