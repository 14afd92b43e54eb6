"""What an expression may refer to, and what surrounds its evaluation."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Protocol

from iamgen_rules.source import Place
from iamgen_rules.terraform.syntax import Extent
from iamgen_rules.terraform.values import Value

Step = str | int | Value  # an attribute's name; an index: a whole number or any other value


class Files(Protocol):
    """Guarded reading. Raises EvaluationError for what is not there, and a lasting one for what may not be read.

    A relative path starts where Terraform would run.
    """

    def read(self, path: str) -> bytes:
        """The content of a file."""
        ...

    def exists(self, path: str) -> bool:
        """Whether there is such a file."""
        ...

    def matching(self, folder: str, pattern: str) -> Sequence[str]:
        """`fileset`: the files below a folder that match, sorted, relative to it."""
        ...

    def shown(self, path: str) -> str:
        """The path as people will read it, who may be elsewhere."""
        ...

    def absolute(self, path: str) -> str:
        """`abspath`: without a look at what is there."""
        ...


class Meter(Protocol):
    """Counts what an evaluation costs. Raises a lasting EvaluationError where it is too much."""

    def spend(self, steps: int = 1) -> None:
        """Count steps: an expression that is evaluated, an element that is made."""
        ...

    def text(self, length: int) -> None:
        """Ask for room for a text of so many characters."""
        ...

    def elements(self, number: int) -> None:
        """Ask for room for a collection of so many elements."""
        ...

    def nested(self) -> AbstractContextManager[None]:
        """Be a level deeper for as long as the context lasts."""
        ...


class Context(Protocol):
    """What functions may use beside their arguments."""

    @property
    def files(self) -> Files:
        """The files that may be read."""
        ...

    @property
    def meter(self) -> Meter:
        """The bounds of this run."""
        ...

    def template(self, text: str, variables: Value, name: str) -> Value:
        """`templatefile` and `templatestring`: the text, a template, with these variables; `name` for messages."""
        ...


class Scope(Protocol):
    """What names mean."""

    @property
    def context(self) -> Context:
        """What functions may use."""
        ...

    def resolve(self, root: str, steps: Sequence[Step], extent: Extent) -> tuple[Value, int]:
        """The value of `root.step.step…` as far as it goes, and how many of the steps are in it.

        `var.x.y` is asked for as ("var", ("x", "y")) and may be answered with the value of `var.x` and 1.
        Raises EvaluationError for what is not declared.
        """
        ...

    def place(self, extent: Extent) -> Place:
        """Where the text of the expressions that are evaluated here has this extent: a scope serves one file."""
        ...
