"""An outside judge of decisions: @cloud-copilot/iam-simulate, in a node process of its own that is fed case by case."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from iamgen_rules.policy.request import Request
from needs import need

Raw = Mapping[str, Any]
PROGRAM = Path(__file__).with_name("judge.mjs")
ELSEWHERE = "999988887777"


@dataclass(frozen=True)
class Documents:
    """What bears on one caller's requests, as JSON has it; `own_account` as in `Policies`."""

    identity: Sequence[Raw] = ()
    boundary: Raw | None = None
    scps: Sequence[Sequence[Raw]] = ()
    trust: Raw | None = None
    own_account: bool = True


class Trial(NamedTuple):
    """A request, and the ARNs of the sessions that may make it: one that is allowed suffices."""

    request: Request
    principals: Sequence[str]


class Verdict(NamedTuple):
    """What the judge has against the documents, and whether it allows each of the trials."""

    errors: Sequence[str]
    allowed: Sequence[bool]


class Judge:
    """The process; `simulations` counts what it was asked."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self.simulations = 0

    def judge(self, documents: Documents, trials: Sequence[Trial]) -> Verdict:
        """Its verdict. Fails where the judge itself does."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(_asked(documents, trials)) + "\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline())
        assert "failed" not in answer, (answer["failed"], documents, trials)
        self.simulations += len(answer["allowed"])
        digits = iter(answer["allowed"])
        allowed = ["1" in list(islice(digits, len(trial.principals))) for trial in trials]
        return Verdict(answer["errors"], allowed)


def _asked(documents: Documents, trials: Sequence[Trial]) -> dict[str, Any]:
    return {
        "identity": documents.identity,
        "boundary": documents.boundary,
        "scps": documents.scps,
        "trust": documents.trust,
        "requests": [one for trial in trials for one in _requests(trial, documents)],
    }


def _requests(trial: Trial, documents: Documents) -> Iterator[dict[str, Any]]:
    request = trial.request
    context = {key: _value(held) for key, held in request.context.items()}
    for principal in trial.principals:
        yield {
            "principal": principal,
            "action": request.action,
            "resource": request.resource,
            "account": principal.split(":")[4] if documents.own_account or documents.trust is None else ELSEWHERE,
            "context": context,
        }


def _value(held: Any) -> Any:
    """One value as text: a list is a key that may have several, to the judge."""
    return held[0] if len(held) == 1 else list(held)


@contextmanager
def started() -> Iterator[Judge]:
    """The judge, for as long as it is needed; what needs it is skipped where it is not installed."""
    node, complete = need("node"), need("judge")
    command = [node, str(PROGRAM), str(Path(complete).parent)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, encoding="utf-8") as process:
        yield Judge(process)
        assert process.stdin
        process.stdin.close()
