"""The models of what stands under `lint:` in iamgen.yaml."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from iamgen.fields import Flag, List, Maybe
from iamgen.lint_fields import Code, Day, FilePath, Glob, Name
from iamgen.section import Reason, Section


class Ignored(Section):
    """A finding that is accepted."""

    code: Code = Field(description="Code of the rule.")
    principal: Glob = Field(default="*", description="Glob for addresses of principals; all by default.")
    reason: Reason = Field(description="Why it is accepted.")
    until: Maybe[Day] = Field(default=None, description="Last day on which it is accepted, as 2027-01-31.")


class Root(Section):
    """A root module, and what is given to it. A path several times is as many environments."""

    path: FilePath = Field(description="Its folder, relative to this file.")
    var_files: List[FilePath] = Field(default=(), description="Files with variables' values, relative to it.")
    workspace: Maybe[Name] = Field(default=None, description="Its workspace.")
    name: Maybe[Name] = Field(default=None, description="What it is called in reports.")


class Lint(Section):
    """What is linted, what fails, what is accepted."""

    select: List[Code] = Field(default=(), description="Run these rules only.")
    ignore: List[Ignored] = Field(default=(), description="Findings that are accepted, each with its reason.")
    fail_on: Literal["critical", "high", "medium", "low", "never"] = Field(
        default="medium", description="Fail from this severity on."
    )
    strict: Flag = Field(default=False, description="Fail also on low findings and on who is undecided.")
    roots: List[Root] = Field(default=(), description="Root modules with what is given to them, beside those found.")
    exclude: List[Glob] = Field(default=(), description="Folders to leave out, as lines of .gitignore.")
