"""A test whose program is missing says so: skipped at home, failed where CI is set, unless that is allowed."""

from __future__ import annotations

import sys

import pytest

from needs import need

MISSING = "no-such-program"
SKIPPED, FAILED = pytest.skip.Exception, pytest.fail.Exception


@pytest.mark.parametrize(
    ("ci", "allowed", "outcome"),
    [
        ("", "", SKIPPED),
        ("false", "", SKIPPED),
        ("true", "", FAILED),
        ("1", "terraform", FAILED),
        ("true", f"terraform, {MISSING}", SKIPPED),
    ],
)
def test_a_missing_program(ci: str, allowed: str, outcome: type[Exception], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", ci)
    monkeypatch.setenv("IAMGEN_ALLOW_SKIPS", allowed)
    with pytest.raises(outcome, match=MISSING):
        need(MISSING)


def test_a_program_beside_this_python() -> None:
    assert need("pytest").startswith(sys.prefix)


def test_a_program_that_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IAMGEN_TERRAFORM", "/usr/bin/other-terraform")
    assert need("terraform") == "/usr/bin/other-terraform"
