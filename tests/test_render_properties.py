"""Whatever stands in a roster: it renders, parses, renders the same again; and no text of it becomes Terraform."""

from __future__ import annotations

import io
import random
import re
from typing import Any

import hcl2
from hypothesis import assume, event, given
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy
from lark import Tree

from iamgen.load import Loaded
from iamgen.render import Options, render
from iamgen_rules.errors import InputError, Problem
from strategies import Sample, odd_text, samples

_FORMS = st.sampled_from(
    [
        Options(),
        Options(split=True),
        Options(region="eu-west-1"),
        Options(module_source="./modules"),
        Options(module_source="git::https://example.com/modules.git?ref=v1", split=True),
    ]
)


@given(samples(), _FORMS)
def test_a_valid_roster_renders_and_parses(sample: Sample, options: Options) -> None:
    for text in render(sample.loaded(), options).values():
        assert hcl2.load(io.StringIO(text)) is not None


@given(samples(), _FORMS, st.randoms(use_true_random=False))
def test_the_same_roster_renders_to_the_same_bytes(sample: Sample, options: Options, shuffler: random.Random) -> None:
    """Also with its keys, its roles, its groups and its users in another order."""
    again = Sample(_shuffled(sample.data, shuffler), sample.documents)
    assert render(again.loaded(), options) == render(sample.loaded(), options)


@given(samples(), st.data(), _FORMS)
def test_no_text_becomes_terraform(sample: Sample, data: st.DataObject, options: Options) -> None:
    """An odd text in any field is refused, or renders to what a harmless text in its place renders to."""
    texts = sample.texts()
    old = data.draw(st.sampled_from(texts) | st.sampled_from(sample.free() or texts), label="old")
    odd = data.draw(_spoilt(old), label="new")
    loaded, refused = _load(sample, old, odd)
    assert all(problem.place.span and problem.message for problem in refused)
    event("refused" if loaded is None else "accepted")
    if loaded is None:
        return
    harmless = _harmless(odd)
    assume(harmless == odd or harmless not in texts)
    plain, refused = _load(sample, old, harmless)
    assert refused == ()
    assert plain is not None
    assert _shape(render(loaded, options)) == _shape(render(plain, options))


def _load(sample: Sample, old: str, new: str) -> tuple[Loaded | None, tuple[Problem, ...]]:
    """The sample with one text in the place of another, or why it is refused."""
    try:
        return sample.replaced(old, new).loaded(), ()
    except InputError as error:
        return None, error.problems


@given(samples(), odd_text, odd_text)
def test_no_option_becomes_terraform(sample: Sample, source: str, region: str) -> None:
    """They come from the command line, too."""
    loaded = sample.loaded()
    odd = render(loaded, Options(module_source=source, region=region))
    assert _shape(odd) == _shape(render(loaded, Options(module_source="modules", region="eu-west-1")))


def _spoilt(text: str) -> SearchStrategy[str]:
    """Texts that may break out of where this one stands."""
    words = st.sampled_from(["null", "true", "each.key", "var.x", "a--2eb", "-", "--", "1", "@", "=", ",", "_", "+."])
    joined = st.tuples(st.just(text), odd_text, words).map("".join)
    return st.one_of(
        odd_text, words, joined, odd_text.map(lambda odd: text + odd), odd_text.map(lambda odd: odd + text)
    )


def _harmless(text: str) -> str:
    """The same, as long, without what means something to Terraform."""
    return re.sub(r"""[^A-Za-z0-9 +=,.@_:/-]""", "x", text)


def _shuffled(data: Any, shuffler: random.Random) -> Any:
    """Keys and named things in another order; policies and the like keep theirs."""
    if isinstance(data, dict):
        keys = shuffler.sample(list(data), len(data))
        return {key: _shuffled(data[key], shuffler) for key in keys}
    if (
        isinstance(data, list)
        and data
        and isinstance(data[0], dict)
        and "name" in data[0]
        and "document" not in data[0]
    ):
        return [_shuffled(each, shuffler) for each in shuffler.sample(data, len(data))]
    return data


def _shape(files: dict[str, str]) -> dict[str, Any]:
    """What is left of Terraform when texts, names and the order of things are taken away."""
    return {name: _bare(tree, _labels(tree)) for name, text in files.items() for tree in [hcl2.parses_to_tree(text)]}


def _labels(tree: Any) -> set[str]:
    """The names that blocks give: the last label of each."""
    found = set()
    for block in tree.find_data("block"):
        parts = [str(part.children[1].children[0]) for part in block.children if _is(part, "string")]
        found |= set(parts[-1:])
    return found


def _bare(node: Any, labels: set[str]) -> Any:
    if not isinstance(node, Tree):
        return str(node)
    if node.data == "string":
        return ("text", sorted(repr(_bare(each, labels)) for each in node.find_data("interpolation")))
    if node.data == "identifier":
        return "name" if str(node.children[0]) in labels else str(node.children[0])
    children = [_bare(child, labels) for child in node.children if not _is(child, "new_line_or_comment")]
    if node.data in ("body", "object", "tuple", "arguments"):
        children = sorted((child for child in children if child != ","), key=repr)
    return (str(node.data), children)


def _is(node: Any, rule: str) -> bool:
    return isinstance(node, Tree) and node.data == rule
