"""No call of a function is endless or fills the memory: what would is refused, and no `try` hides it."""

from __future__ import annotations

import time

import pytest

from iamgen_rules.terraform.evaluation_error import EvaluationError
from iamgen_rules.terraform.types import STRING
from iamgen_rules.terraform.values import list_value, string

from .surroundings import Surroundings, value_of

TEXT = string("a" * 3_000_000)
LIST = list_value(STRING, [string(str(number)) for number in range(60_000)])

REFUSED = [
    ('format("%1000000000d", 1)', "a width of more than 1,000,000 characters"),
    ('format("%.1000000000f", 1)', "a width of more than 1,000,000 characters"),
    ('format("%.20000f", 1 / 3)', "more than 10,000 digits"),
    ('format("%.20000d", 1)', "more than 10,000 digits"),
    ('format("%999999s%999999s%999999s%999999s%999999s", 1, 1, 1, 1, 1)', "more than 4,194,304 characters"),
    ('format("%s%s", local.text, local.text)', "more than 4,194,304 characters"),
    ('formatlist("%999999s", local.list)', "more than 5,000,000 steps"),
    ('indent(1e9, "a\\nb")', "more than 4,194,304 characters"),
    ('join(local.text, ["a", "b", "c"])', "more than 4,194,304 characters"),
    ('join(",", local.list, local.list)', "more than 100,000 elements"),
    ('replace(local.text, "a", "bb")', "more than 4,194,304 characters"),
    ('replace(local.text, "", local.text)', "more than 4,194,304 characters"),
    ('replace(local.text, "/a/", "b")', "more than 5,000,000 steps"),
    ('regexall("a", local.text)', "more than 5,000,000 steps"),
    ('split("", local.text)', "more than 100,000 elements"),
    ('split("a", local.text)', "more than 100,000 elements"),
    ("parseint(local.text, 36)", "more than 5,000,000 steps"),
    ('parseint("1${join("", range(200))}", 10)', "more than 512 bits"),
    ("setproduct(local.list, local.list)", "more than 100,000 elements"),
    ("concat(local.list, local.list)", "more than 100,000 elements"),
    ("flatten([local.list, local.list])", "more than 100,000 elements"),
    ("matchkeys(local.list, local.list, local.list)", "more than 5,000,000 steps"),
    ("pow(10, 400)", "not a finite number"),
    ("log(0, 10)", "not a finite number"),
]
FAILS = [
    ("range(1e9)", "more than 1024 values"),
    ("range(0, 1, 1e-9)", "more than 1024 values"),
    ('regex("(((a{1000}){1000}){1000})", "a")', "invalid regexp pattern"),
]
QUICK = [
    'can(regex("(a*)*b", local.text))',
    'can(regex("(x+x+)+y", "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"))',
    'length(replace(local.text, "/(a|aa)*b/", ""))',
    "length(upper(local.text))",
    "length(distinct(local.list))",
    'format("%d", 1e4000)',
    'format("%f", 1e-4000)',
    "tostring(1e4000)",
]


def surroundings() -> Surroundings:
    return Surroundings({"text": TEXT, "list": LIST})


@pytest.mark.parametrize(("text", "message"), REFUSED)
def test_what_would_be_too_much_is_refused(text: str, message: str) -> None:
    for asked in (text, f'try({text}, "hidden")'):
        with pytest.raises(EvaluationError, match=message) as caught:
            value_of(asked, surroundings())
        assert caught.value.lasting


@pytest.mark.parametrize(("text", "message"), FAILS)
def test_what_terraform_refuses_itself_is_an_error_like_others(text: str, message: str) -> None:
    with pytest.raises(EvaluationError, match=message) as caught:
        value_of(text, surroundings())
    assert not caught.value.lasting


@pytest.mark.parametrize("text", QUICK)
def test_what_is_long_is_quick(text: str) -> None:
    start = time.process_time()
    value_of(text, surroundings())
    assert time.process_time() - start < 10
