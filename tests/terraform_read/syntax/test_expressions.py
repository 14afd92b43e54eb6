"""What the texts of expressions mean: precedence, traversals, splats, collections, newlines."""

from __future__ import annotations

import pytest

from iamgen_rules.terraform.hcl import parse_body, parse_expression

from .shapes import outline, shape

_MEANINGS = {
    # constants
    "1": "1",
    "1.5e+3": "1.5e+3",
    "true": "true",
    "null": "null",
    "nullable": "nullable",
    # operators bind as in "Operators", and to the left
    "a + b * c": "(a + (b * c))",
    "a - b - c": "((a - b) - c)",
    "(a - (b - c))": "(a - (b - c))",
    "a || b && c == d < e + f * g": "(a || (b && (c == (d < (e + (f * g))))))",
    "a ? b : c ? d : e": "(a ? b : (c ? d : e))",
    "a ? b ? c : d : e": "(a ? (b ? c : d) : e)",
    "a || b ? c : d": "((a || b) ? c : d)",
    # a sign binds to what follows, with its steps, and no further
    "-a.b[0] + c": "((- a.b[0]) + c)",
    "!a == b": "((! a) == b)",
    "a -1": "(a - 1)",
    "a-1": "a-1",
    "a - -1": "(a - (- 1))",
    "!!a": "(! (! a))",
    "- - -a": "(- (- (- a)))",
    "!-a": "(! (- a))",
    # steps
    "a.b.c": "a.b.c",
    "a . b": "a.b",
    "a.0.b": "a[0].b",
    'a["b"][c.d]': "a[<'b'>][c.d]",
    "a.for.in.if.true": "a.for.in.if.true",
    "f(x)[0].y": "f(x)[0].y",
    "[a][0]": "[a][0]",
    "{ a = b }.a": "{<'a'>=b}.a",
    # a full splat takes every step behind it into each element, a legacy one the names and numbers only
    "a[*].b[0].c": "(a [*] @.b[0].c)",
    "a[*].b[*].c": "(a [*] (@.b [*] @.c))",
    "a[*].b.*.c": "(a [*] (@.b .* @.c))",
    "a.*.b[0].c": "(a .* @.b)[0].c",
    "a.*.b.0.c": "(a .* @.b[0].c)",
    "a.*.b[*].c": "((a .* @.b) [*] @.c)",
    "(a[*].b)[0]": "(a [*] @.b)[0]",
    "a[ * ].b": "(a [*] @.b)",
    "a. *.b": "(a .* @.b)",
    # calls
    "f()": "f()",
    "f(a, b,)": "f(a, b)",
    "f(a, b...)": "f(a, b...)",
    "core::upper(a)": "upper(a)",
    "provider::aws::arn_parse(a)": "provider::aws::arn_parse(a)",
    "provider :: aws :: arn_parse (a)": "provider::aws::arn_parse(a)",
    "true(a)": "true(a)",
    # collections
    "[]": "[]",
    "[a, b,]": "[a, b]",
    "{}": "{}",
    "{ a = 1, b = 2 }": "{<'a'>=1, <'b'>=2}",
    "{ a : 1\n b = 2\n }": "{<'a'>=1, <'b'>=2}",
    '{ (a) = 1, "b" = 2, "${c}d" = 3, e.f = 4 }': "{a=1, <'b'>=2, <c 'd'>=3, e.f=4}",
    "{ true = 1, null = 2, in = 3, if = 4 }": "{<'true'>=1, <'null'>=2, <'in'>=3, <'if'>=4}",
    "{ a ? b : c = 1 }": "{(a ? b : c)=1}",
    "{ a = b ? c : d }": "{<'a'>=(b ? c : d)}",
    "{ a : b ? c : d }": "{<'a'>=(b ? c : d)}",
    "{ for-x = 1 }": "{<'for-x'>=1}",
    # for
    "[for v in a : v]": "[for ,v in a: v]",
    "[for k, v in a : v if k]": "[for k,v in a: v if k]",
    "[for in in a : in]": "[for ,in in a: in]",
    "[for true, if in a : b]": "[for true,if in a: b]",
    "{for k, v in a : k => v... if v.b}": "{for k,v in a: k => v... if v.b}",
    "{\nfor\nk\n,\nv\nin\na\n:\nk\n=>\nv\n}": "{for k,v in a: k => v}",
    "{for v in a : v => { b = v }}": "{for ,v in a: v => {<'b'>=v}}",
    "[for v in a : [for w in v : w if w] if v]": "[for ,v in a: [for ,w in v: w if w] if v]",
    # inside of brackets newlines and comments do not count
    "f\n(a)": "f(a)",
    "(a\n.b\n[0])": "a.b[0]",
    "[a\n.b # c\n, /* d */ e]": "[a.b, e]",
    "(a\n&& // c\nb)": "(a && b)",
    "(a\n? b\n: c)": "(a ? b : c)",
    # names are of any script
    "local.größe": "local.größe",
    "名前.値": "名前.値",
    "a-b._c": "a-b._c",
}


@pytest.mark.parametrize("text", _MEANINGS)
def test_an_expression_means(text: str) -> None:
    assert shape(parse_expression(text)) == _MEANINGS[text]


@pytest.mark.parametrize("text", _MEANINGS)
def test_it_means_the_same_inside_of_brackets_and_templates(text: str) -> None:
    assert shape(parse_expression(f"[\n{text}\n]")) == f"[{_MEANINGS[text]}]"
    assert shape(parse_expression(f'"${{\n{text}\n}}"')) == f"<{_MEANINGS[text]}>"
    assert shape(parse_expression(f"<<E\n${{~ {text} ~}}\nE\n")) == f"<{_MEANINGS[text]} ''>"


_BODIES = {
    "": "",
    "a = 1": "a = 1",
    "\ufeffa = 1\n": "a = 1",
    "a = 1\r\nb = 2\r\n": "a = 1; b = 2",
    "a {\n}\n": "a {}",
    "a {}": "a {}",
    "a { b = 1 }\n": "a {b = 1}",
    'a "b" c "d" {}\n': "a 'b' 'c' 'd' {}",
    'a/* x */"b"/* y */"c" {}\n': "a 'b' 'c' {}",
    'a "$${b}\\n" {}\n': "a '${b}\\n' {}",
    "a {\n  a = 1\n  a {\n    b = 2\n  }\n}\n": "a {a = 1; a {b = 2}}",
    "for = 1\nin {}\nif x {}\nnull = 2\n": "for = 1; null = 2; in {}; if 'x' {}",
    "a = {\n  b = 1 # c\n\n  d = 2 }\n": "a = {<'b'>=1, <'d'>=2}",
    "a = b /* c\n d */ + e\n": "a = (b + e)",
    "# a {\na { # b\n  c = 1 // }\n  /* } */\n}\n": "a {c = 1}",
    "é {\n  ü = 1\n}\n": "é {ü = 1}",
    "größe = 1": "größe = 1",
}


@pytest.mark.parametrize("text", _BODIES)
def test_a_body_means(text: str) -> None:
    assert outline(parse_body(text)) == _BODIES[text]


def test_of_an_argument_that_is_set_twice_the_first_counts_and_the_second_is_a_problem() -> None:
    body = parse_body("a = 1\nb = 2\na = 3\n")
    assert outline(body) == "a = 1; b = 2"
    [(message, extent)] = body.problems
    assert message == "the argument a is set more than once"
    assert (extent.start, extent.end) == (12, 17)
