"""Who is taken out of what rules say, and why: by comments, and by `lint.ignore`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from iamgen_rules.engine.merging import Said
from iamgen_rules.engine.report import Silenced
from iamgen_rules.engine.selection import no_rule
from iamgen_rules.engine.silencers import Silencer, Silencers
from iamgen_rules.errors import Problem
from iamgen_rules.rule import Rule
from iamgen_rules.settings import Ignore, Settings
from iamgen_rules.source import Place

if TYPE_CHECKING:
    from iamgen_rules.who import Who

_SETTINGS = Place("", "lint.ignore")


class Silencing:
    """All that silences, and of it what did so far."""

    def __init__(self, silencers: Iterable[Silencer], settings: Settings) -> None:
        """What is past its date is not in force."""
        self._all = tuple(dict.fromkeys(silencers))
        self._past = {one for one in self._all if one.until is not None and one.until < settings.today}
        self._in_force = Silencers(one for one in self._all if one not in self._past)
        self._used: set[Silencer] = set()

    def apply(self, said: Said, folder: str) -> Said:
        """A violation without those who are taken out of it; silenced, if it is, or if nobody is left.

        A comment at its place silences it, and so does one on the call, in the root module, of the module that it is
        about. One on the block of a principal, or on the call of the module that declares it, takes that principal
        out, as does an entry of `lint.ignore` whose glob fits its address; the glob is for what it is about where it
        names nobody. What a group gives its members goes with the group. `folder` is the root module's.
        """
        violation = said.violation
        out = {who: self._of(said.code, who, folder) for who in violation.principals}
        why = self._whole(said, folder)
        self._used.update(why, *out.values())
        if not why and violation.group is not None:
            why = out.get(violation.group, ())
        if not why and out and all(out.values()):
            why = [one for each in out.values() for one in each]
        if why:
            return said._replace(silenced=Silenced(why[0].reason, place_of(why[0])))
        left = tuple(who for who, each in out.items() if not each)
        return said._replace(violation=replace(violation, principals=left), cut=left[:1] != violation.principals[:1])

    def _whole(self, said: Said, folder: str) -> Sequence[Silencer]:
        violation = said.violation
        found = [
            *self._in_force.at(said.code, violation.place),
            *self._in_force.in_call(said.code, violation.about, folder),
        ]
        return found if violation.principals else [*found, *self._in_force.for_address(said.code, violation.about)]

    def _of(self, code: str, who: Who, folder: str) -> Sequence[Silencer]:
        return [
            *self._in_force.at(code, who.place),
            *self._in_force.in_call(code, who.address, folder),
            *self._in_force.for_address(code, who.address),
        ]

    def stale(self, ran: Iterable[str]) -> Iterator[Problem]:
        """What is past its date, and what silences nothing although its rule ran."""
        codes = set(ran)
        for one in self._all:
            if one in self._past:
                yield Problem(place_of(one), f"{_shown(one)} ended on {one.until}")
            elif one.code in codes and one not in self._used:
                yield Problem(place_of(one), f"{_shown(one)} silences nothing")


def in_force(ignores: Sequence[Ignore], rules: Mapping[str, Rule]) -> Iterator[Ignore | Problem]:
    """The entries of `lint.ignore`, and what is wrong with those that are not understood."""
    for ignore in ignores:
        if ignore.code not in rules:
            yield Problem(place_of(ignore), no_rule(ignore.code, rules))
        elif not ignore.reason.strip():
            yield Problem(place_of(ignore), f"{_shown(ignore)} has no reason")
        else:
            yield ignore


def place_of(one: Silencer) -> Place:
    """Where it is written; an entry of `lint.ignore` may be given by a program, which has no place."""
    return one.place or _SETTINGS


def _shown(one: Silencer) -> str:
    return f"ignore[{one.code}]" + (f" of {one.principal}" if isinstance(one, Ignore) else "")
