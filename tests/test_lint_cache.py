"""What was found before: the same report while all that it depends on is the same, and never another one."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from contextlib import chdir
from pathlib import Path

import pytest

from iamgen_rules import lint
from iamgen_rules.cache import program
from iamgen_rules.cache.plain import Plain
from iamgen_rules.cache.store import MOST_ENTRIES, Store, user_folder
from iamgen_rules.engine.report import Report
from iamgen_rules.linting import Means
from iamgen_rules.report import FORMATS
from iamgen_rules.roots.target import Target
from iamgen_rules.settings import RootSetting, Settings
from iamgen_rules.source import Place, Span
from iamgen_rules.terraform.options import Assigned, Options, ValuesFile
from lint_cases import TODAY, administrator, errors, found, gated, plant
from plan.made import state

NAMED = 'variable "name" { default = "alice" }\n' + administrator("alice").replace('"alice"\n}', "var.name\n}")
INLINE = 'resource "aws_iam_user_policy" "p" {\n  user = aws_iam_user.alice.name\n  policy = file("p.json")\n}\n'
FILES = {
    "infra/main.tf": NAMED,
    "infra/policy.tf": INLINE,
    "infra/p.json": '{"Version": "2012-10-17", "Statement": []}',
    "other/main.tf": gated("bob"),
    "broken/main.tf": "resource {\n",
    "plans/state.json": json.dumps(state()),
}
PATHS = (".", "plans/state.json", "gone")


class Judge:
    """Lints a folder with a cache, and without, which has to be the same; counts what was read for it."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder = plant(folder / "repository", FILES)
        self.cache = folder / "cache"
        self.read: list[str] = []
        self._watch(monkeypatch)

    def _watch(self, monkeypatch: pytest.MonkeyPatch) -> None:
        from iamgen_rules.roots import accounts

        read = accounts.read

        def noted(target: Target, *rest: object) -> accounts.Accounts:
            self.read.append(target.name)
            return read(target, *rest)  # type: ignore[arg-type]  # as it is called

        monkeypatch.setattr(accounts, "read", noted)

    def __call__(self, options: Options | None = None, settings: Settings | None = None) -> Report:
        """The report, and in `read` which roots were read for it."""
        with chdir(self.folder):
            cold = lint(PATHS, settings or Settings(TODAY), options)
            self.read.clear()
            warm = lint(PATHS, settings or Settings(TODAY), options, means=Means(self.cache))
        assert [FORMATS[name](warm) for name in FORMATS] == [FORMATS[name](cold) for name in FORMATS]
        return warm


@pytest.fixture
def judge(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Judge:
    return Judge(tmp_path, monkeypatch)


ALL = ["broken", "infra", "other", "plans/state.json"]


def test_nothing_is_read_twice(judge: Judge) -> None:
    report = judge()
    assert sorted(judge.read) == ALL
    assert "infra/main.tf:8 IAM001 alice" in found(report)
    assert len(errors(report)) == 2
    judge()
    assert judge.read == []


def change(name: str, text: str) -> Callable[[Path], object]:
    return lambda folder: plant(folder, {name: text})


CHANGES: dict[str, tuple[Callable[[Path], object], list[str]]] = {
    "a file": (change("infra/main.tf", gated("alice")), ["infra"]),
    "a file that a function reads": (change("infra/p.json", '{"Version": "2012-10-17"}'), ["infra"]),
    "a new file": (change("other/new.tf", administrator("eve")), ["other"]),
    "a new file of values": (change("infra/x.auto.tfvars", 'name = "ann"\n'), ["infra"]),
    "a file that goes": (lambda folder: (folder / "infra/policy.tf").unlink(), ["infra"]),
    "a file that is mended": (change("broken/main.tf", administrator("eve")), ["broken"]),
    "a file that is renamed": (
        lambda folder: (folder / "other/main.tf").rename(folder / "other/a.tf"),
        ["other"],
    ),
    "a new root": (change("third/main.tf", administrator("eve")), ["third"]),
    "a root that is called": (change("other/call.tf", 'module "m" {\n  source = "../infra"\n}\n'), ["other"]),
    "a root that is ignored": (change(".gitignore", "other/\n"), []),
    "a plan": (change("plans/state.json", json.dumps(state(terraform_version="1.5.0"))), ["plans/state.json"]),
    "the source beside a plan": (change("plans/main.tf", administrator("eve")), ["plans", "plans/state.json"]),
    "nothing": (lambda folder: os.utime(folder / "infra/main.tf"), []),
}


@pytest.mark.parametrize("name", CHANGES)
def test_what_changes_is_read_again_and_nothing_else(judge: Judge, name: str) -> None:
    judge()
    make, read = CHANGES[name]
    make(judge.folder)
    judge()
    assert sorted(judge.read) == sorted(read)
    judge()
    assert judge.read == []


TOLD: dict[str, tuple[Options, Settings]] = {
    "a variable": (Options([Assigned("name", "ann")]), Settings(TODAY)),
    "a file of values": (Options([ValuesFile("infra/p.json")]), Settings(TODAY)),
    "the environment": (Options(environment={"TF_VAR_name": "ann"}), Settings(TODAY)),
    "a workspace": (Options(workspace="prod"), Settings(TODAY)),
    "a workspace of the environment": (Options(environment={"TF_WORKSPACE": "prod"}), Settings(TODAY)),
    "what is outside": (Options(allow_outside=True), Settings(TODAY)),
    "another day": (Options(), Settings(TODAY.replace(day=2))),
    "other rules": (Options(), Settings(TODAY, ignore=["IAM001"])),
}


@pytest.mark.parametrize("name", TOLD)
def test_who_is_told_something_else_finds_it_out_anew(judge: Judge, name: str) -> None:
    judge()
    judge(*TOLD[name])
    assert sorted(judge.read) == ALL
    judge()
    assert judge.read == []


def test_what_comes_after_the_rules_is_no_part_of_it(judge: Judge) -> None:
    judge()
    judge(Options(environment={"HOME": "elsewhere"}), Settings(TODAY, fail_on="never", strict=True, exclude=["broken"]))
    assert judge.read == []
    judge(settings=Settings(TODAY, roots=[RootSetting("infra", name="a"), RootSetting("infra", workspace="b")]))
    assert sorted(judge.read) == ["a", "infra (b)"]


def test_another_program_finds_it_out_anew(judge: Judge, monkeypatch: pytest.MonkeyPatch) -> None:
    judge()
    monkeypatch.setattr(program, "fingerprint", lambda: "another")
    judge()
    assert sorted(judge.read) == ALL


def spoil(cache: Path) -> None:
    for path in cache.iterdir():
        path.write_bytes(path.read_bytes()[:-1] + b"?")


def empty(cache: Path) -> None:
    for path in cache.iterdir():
        path.write_bytes(b"")


def open_to_others(cache: Path) -> None:
    cache.chmod(0o777)


def forget_shapes(cache: Path) -> None:
    """Entries that are whole, and of another shape."""
    store = Store(cache)
    for path in list(cache.iterdir()):
        store.put(path.stem, '[[],{"Gone":[]}]')


@pytest.mark.parametrize("harm", [spoil, empty, open_to_others, forget_shapes])
def test_what_cannot_be_relied_on_is_not_used(judge: Judge, harm: Callable[[Path], None]) -> None:
    judge()
    harm(judge.cache)
    judge()
    assert sorted(judge.read) == ALL


def test_where_nothing_can_be_kept_it_goes_without(judge: Judge) -> None:
    judge.cache.write_text("a file")
    for _ in range(2):
        judge()
        assert sorted(judge.read) == ALL


def test_what_a_bug_left_is_not_kept(judge: Judge, monkeypatch: pytest.MonkeyPatch) -> None:
    from iamgen_rules import catalogue

    def raises(*_: object) -> None:
        raise MemoryError

    with monkeypatch.context() as patched, chdir(judge.folder):
        patched.setattr(catalogue, "_find", raises)
        assert lint(PATHS, Settings(TODAY), means=Means(judge.cache)).broken
    judge()
    assert sorted(judge.read) == ["infra", "other"]


# --- the parts


def test_the_folder_is_nobody_elses_and_does_not_grow_for_ever(tmp_path: Path) -> None:
    store = Store(tmp_path / "cache")
    for number in range(MOST_ENTRIES + 3):
        store.put(f"{number}", "text")
        os.utime(tmp_path / f"cache/{number}.json", ns=(number, number))
    assert store.get("0") == "text"  # and so it is not the oldest any more
    store.tidy()
    assert [store.get(key) for key in ("0", "1", "2", "3", "4")] == ["text", None, None, None, "text"]
    assert (tmp_path / "cache").stat().st_mode & 0o777 == 0o700
    assert len(list((tmp_path / "cache").iterdir())) == MOST_ENTRIES


@pytest.mark.parametrize(
    ("environment", "folder"),
    [({"XDG_CACHE_HOME": "/x", "HOME": "/h"}, "/x/iamgen"), ({"HOME": "/h"}, "/h/.cache/iamgen"), ({}, None)],
)
def test_where_it_is(environment: dict[str, str], folder: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    assert user_folder(environment) == (None if folder is None else Path(folder))


def test_values_come_back_as_they_were() -> None:
    plain = Plain((Place, Span))
    value = (Place("a", 'x["\ud800"]', Span(0, 1, 2, 3, 4)), None, ("", (1, ())))
    assert plain.loads(plain.dumps(value)) == value
    with pytest.raises(TypeError):
        plain.dumps({"a": 1})
