"""What `lint` and `why` can be told of what they read: variables, folders that are left out, the settings."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from iamgen.cli.roster import find

if TYPE_CHECKING:
    from iamgen_rules.settings import Settings
    from iamgen_rules.terraform.options import Given, Options

_Function = TypeVar("_Function", bound=Callable[..., Any])
_IN_ORDER = "iamgen.in_order"
_GIVEN = ("var", "var_file")


class Reads(click.Command):
    """A command that remembers in which order --var and --var-file were given: the last of a name counts."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """As click does."""
        _, _, order = self.make_parser(ctx).parse_args(args=list(args))
        ctx.meta[_IN_ORDER] = [one.name for one in order if one.name in _GIVEN]
        return super().parse_args(ctx, args)


def reads(command: _Function) -> _Function:
    """The options of a command that reads paths."""
    for one in (
        click.option("--allow-outside", is_flag=True, help="Read what lies outside of the repository, too."),
        click.option("--exclude", metavar="GLOB", multiple=True, help="Leave folders out, as a line of .gitignore."),
        click.option("--var-file", metavar="FILE", multiple=True, help="Values of variables, as for Terraform."),
        click.option("--var", metavar="NAME=VALUE", multiple=True, help="A variable's value, as for Terraform."),
        click.argument("paths", metavar="[PATH]...", nargs=-1, type=click.Path()),
    ):
        command = one(command)
    return command


def options(
    context: click.Context, var: Sequence[str], var_file: Sequence[str], exclude: Sequence[str], allow_outside: bool
) -> Options:
    """What reading is told. Raises click.BadParameter."""
    from iamgen_rules.terraform.options import Options

    given = tuple(_given(context.meta[_IN_ORDER], var, var_file))
    return Options(given, os.environ, exclude=tuple(exclude), allow_outside=allow_outside)


def _given(order: Sequence[str], var: Sequence[str], var_file: Sequence[str]) -> Iterator[Given]:
    from iamgen_rules.terraform.options import Assigned, ValuesFile

    values, files = iter(var), iter(var_file)
    for kind in order:
        if kind == "var_file":
            yield ValuesFile(next(files), anywhere=True)
            continue
        name, equals, text = next(values).partition("=")
        if not equals or not name.strip():
            raise click.BadParameter("write NAME=VALUE", param_hint="--var")
        yield Assigned(name.strip(), text)


def settings() -> Settings:
    """Those under `lint:` in ./iamgen.yaml, where there is one. Raises InputError with all that is wrong there."""
    from iamgen_rules.settings import Settings, today

    path = find(None)
    if path is None:
        return Settings(today())
    from iamgen.files import settings_of_file

    return settings_of_file(Path(path), today())
