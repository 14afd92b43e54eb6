"""Version constraints, as go-version reads them."""

from __future__ import annotations

import pytest

from iamgen_rules.terraform.version_constraint import satisfies


@pytest.mark.parametrize(
    ("version", "constraints", "expected"),
    [
        ("1.2.3", "1.2.3", True),
        ("1.2.0", "= 1.2", True),
        ("v1.2.3", "1.2.3", True),
        ("1.2.3+build", "1.2.3", True),
        ("1.2.3", "!= 1.2.3", False),
        ("1.10.0", "> 1.9.9", True),
        ("1.2.3", ">1.2.3", False),
        ("1.2.3", ">= 1.2.3, < 2", True),
        ("2.0.0", ">= 1.2.3, < 2", False),
        ("2.0.0", "<= 2", True),
        # the last number that is written may grow, those before it may not
        ("1.2.9", "~> 1.2.3", True),
        ("1.3.0", "~> 1.2.3", False),
        ("1.2.2", "~> 1.2.3", False),
        ("1.9.0", "~> 1.2", True),
        ("2.0.0", "~> 1.2", False),
        ("9.0.0", "~> 1", True),
        # a pre-release is asked for by name
        ("1.3.0-beta1", ">= 1.2", False),
        ("1.3.0-beta1", "1.3.0-beta1", True),
        ("1.3.0-beta2", "> 1.3.0-beta1", True),
        ("1.3.0-beta.10", "> 1.3.0-beta.9", True),
        ("1.3.0-beta.x", "> 1.3.0-beta.9", True),
        ("1.3.0-beta1", "> 1.2.0-beta1", False),
        ("1.3.0", "> 1.3.0-beta1", True),
        ("1.3.0", "~> 1.3.0-beta1", False),
        ("1.3.0-beta2", "~> 1.3.0-beta1", True),
        # what is none
        ("", "1.0.0", None),
        ("1.0.0", "", None),
        ("1.0.0", "latest", None),
        ("1.0.0", ">= 1.0, => 2", None),
        ("1.0.0", "^1.0", None),
    ],
)
def test_a_version_meets_its_constraints(version: str, constraints: str, expected: bool | None) -> None:
    assert satisfies(version, constraints) is expected
