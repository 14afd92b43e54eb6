"""Places of planned resources, from the source beside the plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pytest

from iamgen_rules.account.resource import Resource, Step, Written
from iamgen_rules.plan.places import with_places
from iamgen_rules.policy.text import Partial, Unknown, text_of
from iamgen_rules.source import Place, Span

LINE = Place("main.tf", "aws_iam_policy.p", Span(10, 20, 2, 1, 2))
DENY = '{"Statement": {"Effect": "Deny"}}'
HOLE = Unknown("aws_iam_role.r.arn")


@dataclass(frozen=True)
class Lines:
    """An origin."""

    def place(self, path: Sequence[Step]) -> Place:
        """All of it in one line."""
        return replace(LINE, address="/".join(map(str, path)))


def one(text: str | Partial | Written) -> Resource:
    """A policy with this text, from a plan."""
    return Resource("aws_iam_policy.p", "aws_iam_policy", {"policy": text, "tags": {"a": "b"}}, Place("plan.json"))


def source(text: str | Partial) -> Resource:
    """The same, from a file."""
    return replace(one(Written(text, Lines())), place=LINE, places={"policy": LINE})


def partly(*statements: str) -> Partial:
    """A document with a hole."""
    made = text_of('{"Statement": [', *statements, '{"Resource": "', HOLE, '"}]}')
    assert isinstance(made, Partial)
    return made


@pytest.mark.parametrize(
    ("planned", "written", "is_led_back"),
    [
        ("no JSON", "no JSON", True),
        ("no JSON", "nor this", False),
        ('{"Statement":[{"Effect":"Deny","Sid":"S"}]}', '{"Statement": {"Sid": "S",\n "Effect": "Deny"}}', True),
        ('{"Statement":[{"Effect":"Deny"}]}', '{"Statement": [{"Effect": "Allow"}]}', False),
        ('{"Statement":[{"Sid":"A"},{"Sid":"B"}]}', '{"Statement":[{"Sid":"B"},{"Sid":"A"}]}', False),
        (partly(), partly(), True),
        (partly("{},"), partly(), False),
        ('{"Statement": [{"Resource": "arn"}]}', partly(), True),
        ('{"Statement": {"Resource": "arn"}}', partly(), True),
        ('{"Statement": [{}, {}]}', partly(), False),
        ('{"Statement": "x"}', '{"Statement": "y"}', False),
        ('{"a": 1}', '{"a": 2}', False),
        ("[]", "{}", False),
    ],
)
def test_a_policy_leads_back_to_its_lines_where_both_have_the_same_statements(
    planned: str | Partial, written: str | Partial, is_led_back: bool
) -> None:
    (placed,) = with_places([one(planned)], [source(written)])
    assert (placed.place, placed.places) == (LINE, {"policy": LINE})
    found = placed.values["policy"]
    assert found == (Written(planned, Lines()) if is_led_back else planned)
    assert isinstance(found, Written) == is_led_back
    assert placed.values["tags"] == {"a": "b"}


def test_policies_in_blocks_lead_back_too() -> None:
    planned = replace(one("x"), values={"inline_policy": ({"name": "a", "policy": DENY},)})
    written = replace(one("x"), values={"inline_policy": [{"name": "a", "policy": Written(DENY + "\n", Lines())}]})
    (placed,) = with_places([planned], [written])
    assert placed.values == {"inline_policy": ({"name": "a", "policy": Written(DENY, Lines())},)}


def test_what_the_source_does_not_have_stays_where_it_was() -> None:
    assert with_places([one("{}")], []) == (one("{}"),)
    assert with_places([one("{}")], [replace(source("{}"), address="aws_iam_policy.q")]) == (one("{}"),)
