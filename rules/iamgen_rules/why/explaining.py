"""The door for callers: paths and a name to answers about everybody who is called so."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from iamgen_rules.account.model import Ref
from iamgen_rules.errors import InputError, Problem, UsageError
from iamgen_rules.judging import Judging
from iamgen_rules.roots.accounts import Accounts
from iamgen_rules.roots.target import STANDARD_INPUT
from iamgen_rules.settings import Settings, today
from iamgen_rules.subject import Subject
from iamgen_rules.terraform.options import Options
from iamgen_rules.why.answer import Answer, Answers
from iamgen_rules.why.capabilities import Capabilities
from iamgen_rules.why.matching import everybody, meant, near, shown
from iamgen_rules.why.proving import judged, lines, meaning
from iamgen_rules.why.question import check, question
from iamgen_rules.why.statements import statements


@dataclass(frozen=True, slots=True)
class Wish:
    """Who is asked about: a name, an address, an ARN; and one call, or none for all that there is to say."""

    principal: str
    action: str | None = None
    resource: str | None = None


@dataclass(eq=False)
class _Looked:
    """What was found on the way: accounts with somebody who is meant, all names and addresses, what was not read."""

    subjects: list[tuple[Subject, tuple[Ref, ...]]] = field(default_factory=list)
    names: dict[str, None] = field(default_factory=dict)
    addresses: dict[str, None] = field(default_factory=dict)
    problems: dict[Problem, None] = field(default_factory=dict)
    uninstalled: dict[str, None] = field(default_factory=dict)

    def look(self, accounts: Accounts, wanted: str) -> None:
        self.problems |= dict.fromkeys(accounts.problems)
        self.uninstalled |= dict.fromkeys(accounts.uninstalled)
        for subject in accounts.subjects:
            refs = meant(wanted, subject.account)
            if refs:
                self.subjects.append((subject, refs))
            self.names |= dict.fromkeys(ref.name for ref, _ in everybody(subject.account))
            self.addresses |= dict.fromkeys(one.address for _, one in everybody(subject.account) if one.address)


def why(
    wish: Wish,
    paths: Sequence[str] = (".",),
    settings: Settings | None = None,
    options: Options | None = None,
    *,
    standard_input: Callable[[], bytes] | None = None,
) -> Answers:
    """What the principals who are called so can do in each session, and why; paths are those of `lint`.

    Raises UsageError, with near names, where nobody is called so, InputError where that is because nothing could be
    read, and UsageError for what is no action or ARN.
    """
    settings = settings or Settings(today())
    options = options or Options()
    options = replace(options, exclude=(*settings.exclude, *options.exclude))
    if wish.resource is not None and wish.action is None:
        raise UsageError("--resource is of a call: give --action, too")
    if wish.action is not None:
        check(wish.action, wish.resource)
    judging = Judging(settings, options, None)
    looked = _look(wish.principal, paths, judging, standard_input or sys.stdin.buffer.read)
    if not looked.subjects:
        _nobody(wish.principal, looked)
    answers = (answer(subject, ref, wish) for subject, refs in looked.subjects for ref in refs)
    return Answers(tuple(answers), tuple(looked.problems), tuple(looked.uninstalled))


def _look(wanted: str, paths: Sequence[str], judging: Judging, standard_input: Callable[[], bytes]) -> _Looked:
    looked = _Looked()
    targets, problems = judging.find(paths, standard_input() if STANDARD_INPUT in paths else b"")
    looked.problems |= dict.fromkeys(problems)
    for target in targets:
        looked.look(judging.accounts(target), wanted)
    return looked


def _nobody(wanted: str, looked: _Looked) -> None:
    if not looked.names and looked.problems:
        raise InputError(tuple(looked.problems))
    found = near(wanted, looked.names) or near(wanted, looked.addresses)
    known = f"; did you mean {' or '.join(map(shown, found))}?" if found else ""
    unread = (
        f" (of {len(looked.problems)} problems the first: {next(iter(looked.problems))})" if looked.problems else ""
    )
    raise UsageError(f"no user, group or role is called {shown(wanted)}{known}{unread}")


def answer(subject: Subject, ref: Ref, wish: Wish) -> Answer:
    """What is said of one principal of an account."""
    found, judgement = Capabilities(subject, ref), judged(subject, ref)
    who, provider, sessions = subject.who(ref), subject.built.provider, tuple(found.sessions)
    words = meaning(judgement)
    if wish.action is not None:
        asked = question(found, wish.action, wish.resource)
        return Answer(who, provider, judgement, words, sessions, question=asked)
    rows = found.rows()
    said = statements(found, rows)
    return Answer(who, provider, judgement, words, sessions, rows, said, lines(subject, judgement))
