"""Answers with what they depend on: one that was given before counts while all of that is as it was.

The key says what was asked, by which program. What the answer depends on beside it are questions to the file system,
which were recorded when it was given, and are asked again: contents, the names in folders, what is there or is not.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from json import dumps
from typing import Any, cast

from iamgen_rules.cache.plain import Plain
from iamgen_rules.cache.store import Store
from iamgen_rules.terraform.evaluation_error import EvaluationError
from iamgen_rules.terraform.files import Question, Repository

Seen = Mapping[tuple[Question, str], str]


@dataclass(eq=False)
class Answers:
    """Answers in a store, given by the program with this fingerprint."""

    store: Store
    plain: Plain
    program: str

    def recall(self, asked: object, repository: Repository | None) -> Any:
        """The answer to a question that was given before; None where there is none that still holds.

        `repository` is asked again what it depends on, but for what it has been asked already; None where it depends
        on nothing.
        """
        text = self.store.get(self._key(asked))
        if text is None:
            return None
        try:
            seen, answer = self.plain.loads(text)
            return answer if all(self._is_same(repository, one) for one in seen) else None
        except (ValueError, TypeError, KeyError, RecursionError):
            return None  # of another shape: what made it is no longer known

    def keep(self, asked: object, seen: Seen, answer: object) -> None:
        """Keep an answer with what it depends on."""
        found = tuple((question, path, digest) for (question, path), digest in sorted(seen.items()))
        self.store.put(self._key(asked), self.plain.dumps((found, answer)))

    def _key(self, asked: object) -> str:
        return sha256(dumps([self.program, asked]).encode()).hexdigest()

    @staticmethod
    def _is_same(repository: Repository | None, seen: tuple[str, str, str]) -> bool:
        question, path, digest = seen
        if repository is None:
            return False
        key = cast("Question", question), path
        if key not in repository.seen:
            _ask(repository, *key)
        return repository.seen.get(key) == digest


def _ask(repository: Repository, question: Question, path: str) -> None:
    try:
        match question:
            case "content":
                repository.read(path)
            case "names":
                repository.names(path)
            case "kind":
                repository.kind(path)
    except EvaluationError:
        return  # that, too, has been noted
