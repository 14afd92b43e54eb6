"""Configuration that others have written: every root is read, nothing is lost, and what is unknown has a name.

People have said of each directory who has to be found ungated (`must_flag`), and who may be (`may_flag`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from account.account_build import NOW
from iamgen_rules.account.from_resources import accounts
from iamgen_rules.account.judging import judge
from iamgen_rules.account.model import Account
from iamgen_rules.terraform.index import index
from iamgen_rules.terraform.read import Reading, Root, read

_REPEATED = re.compile(r"(?m)^\s*(?:count|for_each)\s*=")


@cache
def _readings(shared: Path) -> Sequence[tuple[Path, Reading]]:
    folders = sorted(path.parent for path in (shared / "corpus").glob("*/labels.json"))
    return [(folder, read([str(folder)])) for folder in folders]


def _declared(folder: Path) -> set[tuple[str, str, str]]:
    """The IAM resources and data sources of a folder that are there once and for sure."""
    found: set[tuple[str, str, str]] = set()
    for file in folder.glob("*.tf"):
        text = file.read_bytes().decode("utf-8")
        for block in index(text).blocks:
            is_fact = block.type in ("resource", "data") and block.labels[0].startswith("aws_iam_")
            if is_fact and not _REPEATED.search(text[block.body.start : block.body.end]):
                found.add((block.type, block.labels[0], block.labels[1]))
    return found


def _read(root: Root) -> set[tuple[str, str, str]]:
    return {("data" if one.is_data else "resource", one.type, one.address.split(".")[-1]) for one in root.resources}


def test_every_root_is_read_and_nothing_is_lost(shared: Path) -> None:
    read_ = list(_readings(shared))
    assert len(read_) > 10
    for folder, reading in read_:
        assert reading.roots, folder
        for root in reading.roots:
            assert _declared(Path(root.folder)) <= _read(root), folder
            assert all(problem.place.document for problem in root.problems), folder


def test_what_is_unknown_is_named_and_every_account_can_be_built(shared: Path) -> None:
    roots = [root for _, reading in _readings(shared) for root in reading.roots]
    unknown = {name for root in roots for name in root.unknown}
    assert "var" in {name.split(".")[0] for name in unknown}
    assert all(name.strip() for name in unknown)
    built = [account for root in roots for account in accounts(root.resources)]
    assert sum(len(one.account.users) + len(one.account.groups) + len(one.account.roles) for one in built) > 100


def _verdicts(reading: Reading) -> dict[str, str]:
    """Of everybody who is declared, by address without instance; of several the worst."""
    found: dict[str, str] = {}
    for account in (built.account for root in reading.roots for built in accounts(root.resources)):
        addresses = dict(_addresses(account))
        for ref, judged in judge(account, NOW).items():
            address = re.sub(r"\[[^]]*\]$", "", addresses[ref])
            if found.get(address) != "ungated":
                found[address] = judged.verdict
    return found


def _addresses(account: Account) -> Iterator[tuple[tuple[str, str], str]]:
    yield from ((("user", one.name), one.address) for one in account.users)
    yield from ((("group", one.name), one.address) for one in account.groups)
    yield from ((("role", one.name), one.address) for one in account.roles)


def test_who_is_ungated_is_who_people_say_is(shared: Path) -> None:
    seen = 0
    for folder, reading in _readings(shared):
        labels = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
        verdicts = _verdicts(reading)
        ungated = {address for address, verdict in verdicts.items() if verdict == "ungated"}
        seen += len(labels["must_flag"])
        if labels["verdict"] == "clean":
            assert not ungated, folder
        else:
            roles = {one for one in ungated if "aws_iam_role." in one}  # only holders of a password or key are said
            assert ungated - roles <= {*labels["must_flag"], *labels["may_flag"]}, folder
        assert set(labels["must_flag"]) <= ungated, folder
    assert seen > 5
