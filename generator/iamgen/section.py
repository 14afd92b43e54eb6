"""A mapping of iamgen.yaml, and what several of them hold."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints, model_validator

from iamgen.fields import refuse
from iamgen.wording import shown


def _says_something(text: str) -> str:
    """A suppression has no effect where its reason has no word."""
    if not re.search(r"\w", text):
        raise refuse(f"{shown(text)} has no word in it: say why")
    return text


Reason = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500), AfterValidator(_says_something)
]


class Section(BaseModel):
    """A mapping of the roster: unknown keys are refused, values never change, an empty value is the default."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @model_validator(mode="before")
    @classmethod
    def _empty_is_absent(cls, data: object) -> object:
        if not isinstance(data, Mapping):
            return data
        return {key: value for key, value in data.items() if value is not None or key not in cls.model_fields}
