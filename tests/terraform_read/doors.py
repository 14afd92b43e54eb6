"""The door to a repository's files, and what it says when it stays shut."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from iamgen_rules.terraform.evaluation_error import EvaluationError
from iamgen_rules.terraform.files import Repository
from iamgen_rules.terraform.limits import Budget
from iamgen_rules.terraform.root_files import RootFiles


def door(top: Path, *, allow_outside: bool = False, **limits: int) -> RootFiles:
    return RootFiles(Repository(top / "live", allow_outside=allow_outside, **limits), str(top / "live"), Budget())


def refusal(call: Callable[..., object], *arguments: object) -> EvaluationError:
    with pytest.raises(EvaluationError) as caught:
        call(*arguments)
    return caught.value
