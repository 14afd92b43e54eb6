"""What templates say: escapes, strip markers, indentation, directives. Terraform is the judge where it is there."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from iamgen_rules.terraform.evaluate import evaluate
from iamgen_rules.terraform.hcl import parse_expression, parse_template
from iamgen_rules.terraform.syntax import Template
from needs import need
from terraform_read.surroundings import Surroundings

from .shapes import shape

# Each with all that it says, its expressions being literal strings themselves.
_SAID = {
    # escapes
    r'"\n\r\t\"\\"': '\n\r\t"\\',
    r'"\u00e9\U0001F600"': "é\U0001f600",
    '"$${a} %%{b} $x %y $$ %% $"': "${a} %{b} $x %y $$ %% $",
    '"$$${a"': "$${a",
    '""': "",
    '"e\u0301"': "\u00e9",  # strings are kept in composed form
    r'"\u0065\u0301"': "\u00e9",
    '<<E\n\\n \\x " $${a} %%{b}\nE\n': '\\n \\x " ${a} %{b}\n',
    # heredocs
    "<<E\nE\n": "",
    "<<E\n\nE\n": "\n",
    "<<E\n  a\n b\n  E\n": "  a\n b\n",
    "<<E\na\r\nb\r\nE\r\n": "a\r\nb\r\n",
    "<<E\nE x\n Ex\nE\n": "E x\n Ex\n",
    '<<E\n${"a"} E\nE\n': "a E\n",
    # the least indentation of the lines goes; lines of nothing but white space do not count, and stay
    "<<-E\n    a\n  b\n   c\n  E\n": "  a\nb\n c\n",
    "<<-E\n    a\n\n  \n    b\nE\n": "a\n\n  \nb\n",
    "<<-E\n\t\ta\n  b\nE\n": "a\nb\n",
    '<<-E\n    ${"a"}\n   b\nE\n': " a\nb\n",
    '<<-E\n  a\n${"b"}\nE\n': "  a\nb\n",
    '<<-E\n  a ${"b"}\n    c\nE\n': "a b\n  c\n",
    '<<-E\n  a${"\\n"}\n    b\nE\n': "a\n\n  b\n",
    "<<-E\n  $${a}\n    %%{b}\nE\n": "${a}\n  %{b}\n",
    "<<-E\n \u0301a\n   b\nE\n": "a\n  b\n",  # a space with an accent is one character
    # a strip marker takes the white space beside it, in a heredoc up to the line's beginning or end
    '"a  ${~ "b" ~}  c"': "abc",
    '"a \\n ${~ "b" ~} \\n c"': "abc",
    '"a ${"b" ~} $ c"': "a b$ c",
    '<<E\na\n  ${~ "b" ~}\n  c\nE\n': "a\nb  c\n",
    '<<-E\n    ${~ "a"}\n  b\nE\n': "a\n  b\n",
    '<<-E\n  a ${"b" ~}\n   c\nE\n': "a b   c\n",
    '"a\\u00a0${~ "b"}"': "ab",
    # directives
    '"%{ if true }a%{ endif }"': "a",
    '"%{ if false }a%{ else }b%{ endif }"': "b",
    '"%{if(false)}a%{endif}"': "",
    '"%{ for x in ["a", "b"] }${x},%{ endfor }"': "a,b,",
    '"%{ for k, v in {a = "b"} }${k}=${v}%{ endfor }"': "a=b",
    '"x %{~ if true ~} a %{~ endif ~} y"': "xay",
    # the marker takes the newline, so that what follows is no line of its own, and keeps its indentation
    '<<-E\n  %{ for x in ["a"] ~}\n    ${x}\n  %{ endfor ~}\n  z\nE\n': "    a\n  z\n",
}  # fmt: skip


@pytest.mark.parametrize("text", _SAID)
def test_a_template_says(text: str) -> None:
    assert _rendered(parse_expression(text)) == _SAID[text]


def _rendered(node: object) -> str:
    """What a template says that needs no evaluation but of literal strings, constants and names of a `for`."""
    assert isinstance(node, Template)
    said = evaluate(node, Surroundings()).data
    assert isinstance(said, str)
    return said


def test_terraform_says_the_same(tmp_path: Path) -> None:
    outputs = "".join(f'output "o{number}" {{\n  value = {text}\n}}\n' for number, text in enumerate(_SAID))
    (tmp_path / "main.tf").write_text(outputs, encoding="utf-8", newline="")
    for arguments in (["init", "-input=false"], ["plan", "-input=false", "-out=plan"]):
        subprocess.run([need("terraform"), *arguments], cwd=tmp_path, capture_output=True, check=True)
    shown = subprocess.run([need("terraform"), "show", "-json", "plan"], cwd=tmp_path, capture_output=True, check=True)
    values = json.loads(shown.stdout)["planned_values"]["outputs"]
    assert [values[f"o{number}"]["value"] for number in range(len(_SAID))] == list(_SAID.values())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"${a}"', "<a>"),
        ('"${~ a ~}"', "<a>"),
        ('"${a} "', "<a ' '>"),
        ('" ${~ a}"', "<'' a>"),
        ("<<E\n${a}\nE\n", "<a '\\n'>"),
        ("<<E\n${a ~}\nE\n", "<a ''>"),
    ],
)
def test_only_a_single_interpolation_is_its_value(text: str, expected: str) -> None:
    """Text beside it makes it a string, even if nothing is left of the text."""
    assert shape(parse_expression(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "<>"),
        ('a "b" \\n', "<'a \"b\" \\\\n'>"),
        ("${a}", "<a>"),
        ("a ${b}\n%{ if c ~}\n d\n%{~ endif }\n", "<'a ' b '\\n' (if c [' d'] []) '\\n'>"),
        ("$${a} %%{b} $", "<'${a} %{b} $'>"),
    ],
)
def test_a_file_is_a_template_without_quotes(text: str, expected: str) -> None:
    assert shape(parse_template(text)) == expected
