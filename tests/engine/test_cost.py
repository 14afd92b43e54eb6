"""Twice the users, comments and findings are at most twice the work."""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest

from engine.made import account, found_in, report, violation, who
from iamgen_rules.rule import Violation

Case = tuple[str, list[Violation]]


def users(number: int, comment: str = "# iamgen: ignore[IAM004] why\n") -> Case:
    """Users, each with its comment, whom one finding leaves open."""
    text = "".join(f'{comment}resource "aws_iam_user" "u{one}" {{\n}}\n' for one in range(number))
    starts = (found_in(text, f'resource "aws_iam_user" "u{one}"') for one in range(number))
    everybody = [who(f"u{one}", place) for one, place in enumerate(starts)]
    return text, [violation(found_in(text, "resource"), *everybody)]


def lines(number: int) -> Case:
    """Findings, each on a line with a comment."""
    text = "".join(f"a{one}_ = 1 # iamgen: ignore[IAM004] why\n" for one in range(number))
    return text, [violation(found_in(text, f"a{one}_"), who("alice")) for one in range(number)]


def one_line(number: int) -> Case:
    """Comments above one another, about one line."""
    text = "# iamgen: ignore[IAM001] why\n" * number + "a = 1\n"
    return text, [violation(found_in(text, "a = 1"), who("alice"))]


def one_place(number: int) -> Case:
    """One violation for each principal, all at one place, about statements without names."""
    text = "a = 1\n"
    return text, [violation(found_in(text, "a"), who(f"u{one}"), about=f"x {one}") for one in range(number)]


def work(case: Case) -> int:
    """The calls, in Python and out of it, that a report takes: the same at every run."""
    calls = 0

    def count(_frame: object, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    text, said = case
    sys.setprofile(count)
    try:
        report({"IAM004": said}, {"main.tf": text})
    finally:
        sys.setprofile(None)
    return calls


@pytest.mark.parametrize("make", [users, lines, one_line, one_place])
def test_twice_as_much_is_twice_the_work(make: Callable[[int], Case]) -> None:
    assert account("alice").judgements  # is judged before it is counted
    work(make(10))
    once, twice = work(make(200)), work(make(400))
    assert twice < 2.2 * once
