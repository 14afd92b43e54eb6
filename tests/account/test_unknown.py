"""Every place of the model where something may be missing has a case that says what follows."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import fields

from account.account_build import HERE
from iamgen_rules.account.model import Attachment, Group, Inline, ManagedPolicy, Membership, Role, User
from iamgen_rules.policy.document import Condition, Document, Principal, Statement

MODEL = (ManagedPolicy, Inline, Attachment, Membership, User, Group, Role)
DOCUMENT = (Document, Statement, Principal, Condition)
MAY_BE_UNKNOWN = ("Text", "Tags", "Document", "Selection", "Principal", "Condition")
CASES = json.loads((HERE / "unknown.json").read_text(encoding="utf-8"))


def places() -> Iterator[str]:
    """`User.tags`: what is `missing`, and whatever may hold an unknown value."""
    for one in (*MODEL, *DOCUMENT):
        for field in fields(one):
            kind = str(field.type)
            if field.name == "missing" or any(word in kind for word in MAY_BE_UNKNOWN):
                yield f"{one.__name__}.{field.name}"


def test_each_place_has_a_case() -> None:
    found = set(places())
    assert {"User.missing", "Role.trust", "Membership.missing", "Condition.values"} <= found
    assert found - {case.get("place") for case in CASES} == set()


def test_what_is_undecided_says_what_is_missing() -> None:
    for case in CASES:
        undecided = {name for name, said in case["expected"].items() if "undecided" in said}
        assert undecided <= case.get("unknowns", {}).keys(), case["name"]
        assert all(case["unknowns"][name] for name in undecided), case["name"]
