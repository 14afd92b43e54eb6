"""Documents that are read during the apply, put together from their blocks.

The merges are those of "aws_iam_policy_document" (AWS provider documentation).
"""

from __future__ import annotations

import json

import pytest

from iamgen_rules.account.resource import Plain
from iamgen_rules.plan.documents import Documents
from iamgen_rules.policy.holes import read
from iamgen_rules.policy.text import Partial, Unknown, text_of

ROLE = Unknown("aws_iam_role.r.arn")
NAME = "data.aws_iam_policy_document.d"


def document(values: dict[str, Plain]) -> object:
    """The data of the document with these values; one that is unknown as a whole is its name."""
    made = Documents(lambda _: values).text(NAME)
    return made if isinstance(made, Unknown) else read(made)


def statement(**values: Plain) -> dict[str, Plain]:
    """A statement with something unknown in it."""
    return {"actions": ("sts:AssumeRole",), "resources": (ROLE,), **values}


MADE = {"Effect": "Allow", "Action": "sts:AssumeRole", "Resource": ROLE}


def source(*sids: str, effect: str = "Deny") -> str:
    """The text of another document."""
    statements = [{"Sid": sid, "Effect": effect, "Action": "s3:*", "Resource": "*"} for sid in sids]
    return json.dumps({"Version": "2012-10-17", "Statement": statements})


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        (statement(), MADE),
        (statement(sid="", effect=None, not_actions=(), condition=(), principals=()), MADE),
        (statement(sid="S", effect="Deny"), {**MADE, "Sid": "S", "Effect": "Deny"}),
        (
            statement(actions=(), resources=(), not_actions=("iam:*",), not_resources=(ROLE, "b")),
            {"Effect": "Allow", "NotAction": "iam:*", "NotResource": ["b", ROLE]},
        ),
        (
            statement(resources=(text_of("arn:x:", ROLE), "&{aws:username}")),
            {**MADE, "Resource": ["${aws:username}", Partial(("arn:x:", ROLE))]},
        ),
        (statement(resources=ROLE), MADE),
        (
            statement(principals=({"type": "AWS", "identifiers": (ROLE, "1")}, {"type": "AWS", "identifiers": ("2",)})),
            {**MADE, "Principal": {"AWS": ["2", "1", ROLE]}},
        ),
        (
            statement(principals=({"type": "*", "identifiers": ("*",)},)),
            {**MADE, "Principal": "*"},
        ),
        (
            statement(not_principals=({"type": "AWS", "identifiers": ("*",)},)),
            {**MADE, "NotPrincipal": {"AWS": "*"}},
        ),
        (
            statement(
                condition=(
                    {"test": "Bool", "variable": "aws:MultiFactorAuthPresent", "values": ("true",)},
                    {"test": "StringLike", "variable": "k", "values": ("&{aws:username}",)},
                    {"test": "StringLike", "variable": "k", "values": (ROLE,)},
                )
            ),
            {
                **MADE,
                "Condition": {
                    "Bool": {"aws:MultiFactorAuthPresent": "true"},
                    "StringLike": {"k": ["${aws:username}", ROLE]},
                },
            },
        ),
        (statement(condition=Unknown("var.c")), {**MADE, "Condition": {Unknown("var.c"): {}}}),
        (statement(principals=Unknown("var.p")), {**MADE, "Principal": {Unknown("var.p"): "*"}}),
    ],
)
def test_a_statement(block: dict[str, Plain], expected: object) -> None:
    assert document({"statement": (block,)}) == {"Version": "2012-10-17", "Statement": [expected]}


def test_version_and_id_are_kept() -> None:
    values: dict[str, Plain] = {"version": "2008-10-17", "policy_id": "P", "statement": (statement(),)}
    assert document(values) == {"Version": "2008-10-17", "Id": "P", "Statement": [MADE]}


def sids(found: object) -> list[tuple[object, object]]:
    """Sid and effect of each statement; an unknown one by its name."""
    assert isinstance(found, dict)
    return [(one, None) if isinstance(one, Unknown) else (one.get("Sid"), one["Effect"]) for one in found["Statement"]]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        # an own statement replaces that of a source, an overriding one the own; in its place
        ({"source_policy_documents": (source("A", "B"),)}, [("A", "Deny"), ("B", "Deny"), ("O", "Allow")]),
        ({"source_policy_documents": (source("O", "B"),)}, [("O", "Allow"), ("B", "Deny")]),
        ({"override_policy_documents": (source("O", "B"),)}, [("O", "Deny"), ("B", "Deny")]),
        ({"source_json": source("A"), "override_json": source("O")}, [("A", "Deny"), ("O", "Deny")]),
        # without Sid nothing is replaced
        ({"source_policy_documents": (source("", ""),)}, [(None, "Deny"), (None, "Deny"), ("O", "Allow")]),
        ({"override_policy_documents": (source("", ""),)}, [("O", "Allow"), (None, "Deny"), (None, "Deny")]),
        # a source that is unknown says something more; it takes nothing away
        ({"source_policy_documents": (Unknown("var.s"),)}, [(Unknown("var.s"), None), ("O", "Allow")]),
        ({"source_policy_documents": ("", "{}")}, [("O", "Allow")]),
    ],
)
def test_documents_are_merged_by_sid(values: dict[str, Plain], expected: list[object]) -> None:
    assert sids(document({**values, "statement": (statement(sid="O"),)})) == expected


MAYBE = {**MADE, "Sid": "O", "Condition": {Unknown("var.o"): {}}}


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        # may say more, and may replace what has a Sid
        ({"override_policy_documents": (Unknown("var.o"),)}, [MAYBE, MADE, Unknown("var.o")]),
        ({"override_policy_documents": Unknown("var.o")}, [MAYBE, MADE, Unknown("var.o")]),
        ({"statement": Unknown("var.statements")}, [Unknown("var.statements")]),
        ({"statement": (statement(), Unknown("var.more"))}, [MADE, Unknown("var.more")]),
    ],
)
def test_what_is_unknown_leaves_the_rest(values: dict[str, Plain], expected: list[object]) -> None:
    found = document({"statement": (statement(sid="O"), statement()), **values})
    assert found == {"Version": "2012-10-17", "Statement": expected}


@pytest.mark.parametrize(
    "values",
    [
        {"override_json": "no JSON", "statement": (statement(),)},
        {"source_policy_documents": ("[]",), "statement": (statement(),)},
        {"statement": (statement(sid="S"), statement(sid="S"))},
        {"version": "2008-10-17", "statement": (statement(resources=("&{aws:username}",)),)},
    ],
)
def test_a_document_that_the_provider_will_refuse_is_unknown_by_its_name(values: dict[str, Plain]) -> None:
    assert document(values) == Unknown(f"{NAME}.json")


def test_what_depends_on_a_change_is_read_late_though_all_of_it_is_known() -> None:
    expected = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "a", "Resource": "b"}]}
    assert document({"statement": ({"actions": ("a",), "resources": ("b",)},)}) == expected


def test_a_source_with_holes_keeps_them() -> None:
    inner = text_of('{"Statement": [{"Sid": "I", "Effect": "Deny", "Action": "*", "Resource": "', ROLE, '"}]}')
    found = document({"source_policy_documents": (inner,), "statement": ()})
    assert found == {
        "Version": "2012-10-17",
        "Statement": [{"Sid": "I", "Effect": "Deny", "Action": "*", "Resource": ROLE}],
    }


def test_a_document_that_is_its_own_source_comes_to_an_end() -> None:
    documents: list[Documents] = []

    def values(address: str) -> dict[str, Plain]:
        return {"source_policy_documents": (documents[0].text(address),), "statement": (statement(sid="O"),)}

    documents.append(Documents(values))
    made = documents[0].text(NAME)
    assert isinstance(made, Partial)
    assert sids(read(made)) == [(Unknown(f"{NAME}.json"), None), ("O", "Allow")]
