"""What is rendered uses only what is on these lists, and states versions that have all of it.

Sources: changelogs of Terraform and of terraform-provider-aws. 0.12 and 0.1.0 also stand for "earlier".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import hcl2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lark import Tree

from iamgen.render import Options, render, render_modules
from strategies import Sample, samples
from terraform.roots import read, terraform

_LANGUAGE = """
0.12    resource                     for_each count depends_on
0.12    resource.lifecycle           create_before_destroy ignore_changes
0.12    data                         count
0.12    data.dynamic                 for_each
0.12    data.statement.dynamic       for_each
0.12    locals                       *
0.12    module                       *
0.12    output                       value description
0.12    provider                     *
0.12    variable                     type default description
0.12    function                     concat contains distinct floor join jsonencode keys length list lower map merge set
0.12    function                     setunion sort toset urlencode
0.12.7  function                     regex
0.12.17 function                     trimprefix
0.12.20 function                     can
0.12.21 function                     setsubtract
0.13    terraform                    required_version
0.13    terraform.required_providers aws
0.13    variable.validation          condition error_message
0.14    function                     alltrue
0.15    function                     one
1.1     variable                     nullable
1.3     moved                        from to
1.4     resource                     terraform_data
1.4     resource.terraform_data      input
1.5     check.assert                 condition error_message
1.6     import                       to id
"""
_PROVIDER = """
0.1.0   data                                              aws_caller_identity aws_iam_policy_document aws_partition
0.1.0   data.aws_iam_policy_document.statement            sid effect actions not_actions resources
0.1.0   data.aws_iam_policy_document.statement.condition  test variable values
0.1.0   data.aws_iam_policy_document.statement.principals type identifiers
0.1.0   resource                                          aws_iam_group aws_iam_policy aws_iam_role aws_iam_user
0.1.0   resource                                          aws_iam_group_policy aws_iam_role_policy
0.1.0   resource                                          aws_iam_group_policy_attachment
0.1.0   resource                                          aws_iam_role_policy_attachment
0.1.0   resource                                          aws_iam_user_policy_attachment
1.17.0  resource                                          aws_iam_user_group_membership
0.1.0   resource.aws_iam_group                            name path
0.1.0   resource.aws_iam_group_policy                     name group policy
0.1.0   resource.aws_iam_group_policy_attachment          group policy_arn
0.1.0   resource.aws_iam_policy                           name path description policy
3.35.0  resource.aws_iam_policy                           tags
0.1.0   resource.aws_iam_role                             name path description assume_role_policy
1.14.0  resource.aws_iam_role                             max_session_duration
1.30.0  resource.aws_iam_role                             permissions_boundary
1.46.0  resource.aws_iam_role                             tags
0.1.0   resource.aws_iam_role_policy                      name role policy
0.1.0   resource.aws_iam_role_policy_attachment           role policy_arn
0.1.0   resource.aws_iam_user                             name path force_destroy
1.30.0  resource.aws_iam_user                             permissions_boundary
1.46.0  resource.aws_iam_user                             tags
1.17.0  resource.aws_iam_user_group_membership            user groups
0.1.0   resource.aws_iam_user_policy_attachment           user policy_arn
"""
Version = tuple[int, ...]


def _version(text: str) -> Version:
    return tuple(map(int, text.split(".")))


def _listed(table: str) -> dict[str, Version]:
    rows = [line.split() for line in table.strip().splitlines()]
    return {f"{path}.{name}": _version(first) for first, path, *names in rows for name in names}


LANGUAGE, PROVIDER = _listed(_LANGUAGE), _listed(_PROVIDER)


def _used(body: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The paths of the blocks and arguments in a body; a `dynamic` block's content stands in its place."""
    for part in body.children:
        if _is(part, "attribute"):
            yield (*path, str(part.children[0].children[0]))
        elif _is(part, "block"):
            yield from _in_block(part, path)


def _in_block(block: Any, path: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    kind, *labels = [_text(part) for part in block.children if _is(part, "identifier") or _is(part, "string")]
    (body,) = [part for part in block.children if _is(part, "body")]
    if kind in ("resource", "data"):
        yield (kind, labels[0])
        yield from _used(body, (kind, labels[0]))
    elif kind == "dynamic":
        yield (*path, "dynamic", "for_each")
        (content,) = [part for part in body.children if _is(part, "block")]
        yield from _used(content.children[-2], (*path, *labels))
    else:
        yield from _used(body, (*path, kind))


def _is(node: Any, rule: str) -> bool:
    return isinstance(node, Tree) and node.data == rule


def _text(label: Any) -> str:
    return "".join(label.scan_values(lambda token: token.type != "DBLQUOTE"))


def _entry(path: tuple[str, ...]) -> str:
    """The entry of a list that a path falls under; the path itself where there is none."""
    kind, *rest = path
    entries = (".".join(path), ".".join([kind, *rest[1:]]), f"{kind}.*")
    return next((entry for entry in entries if entry in LANGUAGE or entry in PROVIDER), entries[0])


def _entries(files: Mapping[str, str]) -> set[str]:
    """What files use; raises AssertionError for what is on no list, or newer than the versions that they state."""
    tree = hcl2.parses_to_tree("\n".join(files.values()))
    functions = {("function", str(call.children[0].children[0])) for call in tree.find_data("function_call")}
    used = {_entry(path) for path in {*_used(tree.children[0]), *functions}}
    terraform, provider = (max(map(_version, found)) for found in _stated("\n".join(files.values())))
    newer = {entry for entry in used if LANGUAGE.get(entry, (0,)) > terraform or PROVIDER.get(entry, (0,)) > provider}
    assert used - LANGUAGE.keys() - PROVIDER.keys() == set()
    assert newer == set()
    return used


def _stated(text: str) -> tuple[list[str], list[str]]:
    terraform = re.findall(r'required_version = ">= ([0-9.]+)"', text)
    provider = re.findall(r' version = ">= ([0-9.]+)"', text)
    return terraform, provider


def _modules() -> dict[str, dict[str, str]]:
    """The files of each module, with its example."""
    folders: dict[str, dict[str, str]] = {}
    for path, text in render_modules().items():
        if path.endswith(".tf"):
            folders.setdefault(path.partition("/")[0], {})[path] = text
    return folders


@given(samples(), st.sampled_from([Options(), Options(region="eu-west-1", split=True), Options(module_source="./m")]))
def test_what_is_rendered_is_as_old_as_it_says(sample: Sample, options: Options) -> None:
    _entries(render(sample.loaded(), options))


@pytest.mark.parametrize("module", sorted(_modules()))
def test_modules_are_as_old_as_they_say(module: str) -> None:
    _entries(_modules()[module])


def test_nothing_on_the_lists_is_out_of_use() -> None:
    """Two rosters that between them use all there is, and the modules."""
    adopting = {**read("half_existing"), "tags": {"Team": "ops"}, "users": [{"name": "alice"}], "path": "/x/"}
    used = [_entries(terraform(read("small"), region="eu-west-1")), _entries(terraform(adopting))]
    used += [_entries({"main.tf": terraform(read("small"), modules=True)["main.tf"]})]
    used += [_entries(files) for files in _modules().values()]
    assert (LANGUAGE.keys() | PROVIDER.keys()) - set().union(*used) == set()
