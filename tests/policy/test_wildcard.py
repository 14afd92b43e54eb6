"""Patterns: the table of wildcards, policy variables in each version, and holes on either side."""

from __future__ import annotations

from pathlib import Path

import pytest

from iamgen_rules.policy.pattern import fill, parse, parse_resource
from iamgen_rules.policy.text import Partial, Text, Unknown
from iamgen_rules.policy.truth import NO, YES, Truth, unknown
from iamgen_rules.policy.wildcard import Token, Wild, match

X, Y = Unknown("var.x"), Unknown("var.y")
TABLE = (Path(__file__).parent / "wildcards.txt").read_text(encoding="utf-8").splitlines()
ROWS = [[cell.strip() for cell in line.split(" | ")] for line in TABLE[1:] if not line.startswith("#")]


def tokens(text: Text) -> tuple[Token, ...]:
    """The pattern of a text without variables."""
    return fill(parse(text, variables=False), dict[str, Text]().get) or ()


@pytest.mark.parametrize(("how", "pattern", "text", "answer"), ROWS)
def test_wildcards(how: str, pattern: str, text: str, answer: str) -> None:
    assert match(tokens(pattern), text, arn=how == "arn") == (YES if answer == "yes" else NO)


KEYS: dict[str, Text] = {"aws:username": "alice", "empty": "", "star": "a*b", "hole": X, "part": Partial(("p-", X))}
# pattern, the text that it stands for in Version 2012-10-17 (None: matches nothing)
VARIABLES: list[tuple[str, Text | None]] = [
    ("user/${aws:username}", "user/alice"),
    ("user/${AWS:UserName}", "user/alice"),
    ("${aws:username}/${aws:username}", "alice/alice"),
    ("${aws:username, 'nobody'}", "alice"),
    ("${aws:missing, 'nobody'}", "nobody"),
    ("${aws:missing, ' no body '}", " no body "),
    ("${aws:missing, 'a, b'}", "a, b"),
    ("${aws:PrincipalTag/two words, 'x'}", "x"),
    ("${aws:PrincipalTag/ä@_.:/=+-}", None),
    ("${aws:missing, ''}", ""),
    ("${empty, 'x'}", ""),
    ("${aws:missing}", None),
    ("a/${aws:missing}/b", None),
    ("${empty}", ""),
    ("${star}", "a*b"),
    ("${*}", "*"),
    ("a${*}b${?}c${$}", "a*b?c$"),
    ("${$}{aws:username}", "${aws:username}"),
    ("$aws:username", "$aws:username"),
    ("{aws:username}", "{aws:username}"),
    ("${hole}", X),
    ("a${part}b", Partial(("ap-", X, "b"))),
    # AWS documents no more than `${key}` and `${key, 'default'}`
    ("a/${aws:username,'x'}/b", Partial(("a/", Unknown("${aws:username,'x'}"), "/b"))),
    ("${aws:username ,'x'}", Unknown("${aws:username ,'x'}")),
    ("${aws:username,  'x'}", Unknown("${aws:username,  'x'}")),
    ("${aws:username, x}", Unknown("${aws:username, x}")),
    ("${aws:username, 'it's'}", Unknown("${aws:username, 'it's'}")),
    ("${ aws:username }", Unknown("${ aws:username }")),
    ("${aws:username, 'x' }", Unknown("${aws:username, 'x' }")),
    ("${, 'x'}", Unknown("${, 'x'}")),
    ("${}", Unknown("${}")),
    ("a/${aws:username", Partial(("a/", Unknown("a/${aws:username")))),
    ("a${b${aws:username}c", Partial(("a", Unknown("a${b${aws:username}c")))),
    ("${aws:PrincipalTag/${aws:username}}", Unknown("${aws:PrincipalTag/${aws:username}}")),
    ("${aws:missing, 'a*'}", Unknown("${aws:missing, 'a*'}")),
    ("${aws:username, 'a*'}", "alice"),
]  # fmt: skip


@pytest.mark.parametrize(("pattern", "expected"), VARIABLES)
def test_variables_in_2012(pattern: str, expected: Text | None) -> None:
    filled = fill(parse(pattern, variables=True), KEYS.get)
    assert filled is None if expected is None else joined(filled) == expected


def joined(filled: tuple[Token, ...] | None) -> Text:
    """Filled tokens as one text; there is no wildcard among them."""
    pieces: list[str | Unknown] = []
    for token in filled or ():
        assert not isinstance(token, Wild)
        if isinstance(token, str) and pieces and isinstance(pieces[-1], str):
            pieces[-1] += token
        elif token != "":
            pieces.append(token)
    return pieces[0] if len(pieces) == 1 else Partial(tuple(pieces)) if pieces else ""


TOO_SOON = Unknown("${aws:username} before the fifth colon")
RESOURCES: list[tuple[str, Text | None]] = [
    ("arn:aws:iam::1:user/${aws:username}", "arn:aws:iam::1:user/alice"),
    ("arn:aws:iam::1:${aws:username}", "arn:aws:iam::1:alice"),
    ("arn:aws:iam::${aws:username}:user/x", Partial(("arn:aws:iam::", TOO_SOON, ":user/x"))),
    ("arn:aws:s3:${aws:username}", Partial(("arn:aws:s3:", TOO_SOON))),
    ("${aws:username}", TOO_SOON),
    ("${*}", "*"),
]  # fmt: skip


@pytest.mark.parametrize(("pattern", "expected"), RESOURCES)
def test_variables_in_a_resource_stand_behind_the_fifth_colon(pattern: str, expected: Text | None) -> None:
    assert joined(fill(parse_resource(pattern, variables=True), KEYS.get)) == expected


def test_what_is_unknown_may_have_the_colons() -> None:
    filled = fill(parse_resource(Partial((X, "/${aws:username}")), variables=True), KEYS.get)
    assert filled is not None
    assert match(filled, "arn:aws:s3:::b/bob", arn=True) == NO


@pytest.mark.parametrize("pattern", [pattern for pattern, _ in VARIABLES if "*" not in pattern and "?" not in pattern])
def test_variables_are_text_in_2008(pattern: str) -> None:
    assert match(tokens(pattern), pattern) == YES


@pytest.mark.parametrize(
    ("pattern", "text", "answer"),
    [
        ("${star}", "a*b", YES),
        ("${star}", "axb", NO),
        ("${empty}*", "anything", YES),
        ("*${empty}*", "anything", YES),
        ("a*${empty}:b", "a:x:b", YES),
        ("${*}", "*", YES),
        ("${*}", "x", NO),
        ("${?}", "?", YES),
        ("${?}", "x", NO),
    ],
)
def test_what_a_variable_stands_for_is_no_wildcard(pattern: str, text: str, answer: Truth) -> None:
    filled = fill(parse(pattern, variables=True), KEYS.get)
    assert filled is not None
    assert match(filled, text) == answer


@pytest.mark.parametrize(
    ("pattern", "text"),
    [("a*${empty}:b:c:d:e", "ax:y:b:c:d:e"), ("*${empty}", "a:b:c:d:e:f")],
)
def test_an_empty_variable_does_not_hide_a_segments_end(pattern: str, text: str) -> None:
    filled = fill(parse(pattern, variables=True), KEYS.get)
    assert filled is not None
    assert match(filled, text, arn=True) == YES


ARN = "arn:aws:iam::1:user/"
HOLES: dict[str, tuple[Text, Text, Truth]] = {
    # in the pattern
    "nothing known": (X, "anything", unknown("var.x")),
    "may be": (Partial(("a", X, "c")), "abc", unknown("var.x")),
    "cannot be": (Partial(("a", X, "c")), "abd", NO),
    "two": (Partial((X, "/", Y)), "a/b", unknown("var.x", "var.y")),
    "beside a star": (Partial((X, "*")), "abc", unknown("var.x")),
    # in the text
    "a star takes it": ("arn:aws:iam::1:user/*", Partial((ARN, X)), YES),
    "a star takes it inside": ("arn:aws:iam::*:user/*x", Partial((ARN, X, "x")), YES),
    "a question mark may": ("arn:aws:iam::1:user/?", Partial((ARN, X)), unknown("var.x")),
    "a name may": ("arn:aws:iam::1:user/alice", Partial((ARN, X)), unknown("var.x")),
    "a name cannot": ("arn:aws:iam::1:role/alice", Partial((ARN, X)), NO),
    "prefix of a name": ("arn:aws:iam::1:user/ops-*", Partial((f"{ARN}ops-", X)), YES),
    "another prefix": ("arn:aws:iam::1:user/dev-*", Partial((f"{ARN}ops-", X)), NO),
    "all of it, by everything": ("*", X, YES),
    "all of it, by something": ("arn:*", X, unknown("var.x")),
    # in both
    "both may": (Partial((ARN, X)), Partial((ARN, Y)), unknown("var.x", "var.y")),
    "both cannot": (Partial(("a", X)), Partial(("b", Y)), NO),
}


@pytest.mark.parametrize("name", HOLES)
def test_holes(name: str) -> None:
    pattern, text, answer = HOLES[name]
    assert match(tokens(pattern), text, arn=True) == answer


@pytest.mark.parametrize(
    ("parts", "answer"),
    [
        (("user/${aws:PrincipalTag/", X, "}"), unknown("var.x")),
        (("user/${aws:PrincipalTag/", X, "}/x"), NO),
        (("user/${", X, "/", Y, "}"), unknown("var.x", "var.y")),
        (("user/${", X), unknown("var.x")),
        (("role/${aws:PrincipalTag/", X, "}"), NO),
        # the hole may be part of a variable that nobody sees: `${`, `{aws:username}`, `${aws:`, `aws:username}`
        (("user/", X, "aws:username}"), unknown("var.x")),
        (("user/$", X), unknown("var.x")),
        (("user/$", X, "}"), unknown("var.x")),
        (("user/", X, "username", Y, "}"), unknown("var.x", "var.y")),
        (("user/", X, "username", Y, "}x"), NO),
        (("user/", X, "/${aws:username}"), NO),
        (("us", X, "/${aws:username}"), unknown("var.x")),
    ],
)
def test_a_variable_with_a_hole_inside_is_a_hole(parts: tuple[str | Unknown, ...], answer: Truth) -> None:
    filled = fill(parse(Partial(parts), variables=True), KEYS.get)
    assert filled is not None
    assert match(filled, "user/alice") == answer
