"""`iamgen lint`: everybody who is an administrator without MFA, with the proof and the fix."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from iamgen.cli.boundary import where_to_report
from iamgen.cli.output import coloured, put, say
from iamgen.cli.reading import Reads, options, reads, settings
from iamgen.cli.waiting import Waiting
from iamgen.write import replace_files
from iamgen_rules.errors import OutputError
from iamgen_rules.report import FORMATS

if TYPE_CHECKING:
    from iamgen_rules.engine.report import Report
    from iamgen_rules.linting import Means
    from iamgen_rules.settings import Settings

_LEVELS = ("critical", "high", "medium", "low", "never")


def _files(ctx: click.Context, param: click.Parameter, values: Sequence[str]) -> tuple[tuple[str, Path], ...]:
    """`sarif=report.sarif` as the format and the file."""
    found: list[tuple[str, Path]] = []
    for value in values:
        name, _, path = value.partition("=")
        if not path:
            raise click.BadParameter(f"{value!r} names no file: write FORMAT=FILE")
        found.append((str(click.Choice(list(FORMATS)).convert(name, param, ctx)), Path(path)))
    return tuple(found)


def _codes(_: click.Context, __: click.Parameter, values: Sequence[str]) -> tuple[str, ...]:
    return tuple(code for value in values for code in value.replace(",", " ").split())


def _day(_: click.Context, __: click.Parameter, value: datetime | None) -> date | None:
    return None if value is None else value.date()


@click.command(cls=Reads, short_help="Find administrators who act without MFA.")
@reads
@click.option("--format", "format_", type=click.Choice(list(FORMATS)), default="text", help="Of standard output.")
@click.option("--report", "reports", metavar="FORMAT=FILE", multiple=True, callback=_files, help="Also a file.")
@click.option("--select", metavar="CODES", multiple=True, callback=_codes, help="Run these rules only: IAM001,IAM004.")
@click.option("--ignore", metavar="CODES", multiple=True, callback=_codes, help="Run all rules but these.")
@click.option("--fail-on", type=click.Choice(_LEVELS), help="Exit with 1 from this severity on; medium by default.")
@click.option("--strict", is_flag=True, help="Exit with 1 also on low findings, and where somebody is undecided.")
@click.option("--baseline", metavar="FILE", type=click.Path(path_type=Path), help="Keep quiet about what it knows.")
@click.option("--write-baseline", metavar="FILE", type=click.Path(path_type=Path), help="Make it of what is found now.")
@click.option("--no-cache", is_flag=True, help="Neither use nor keep what was found before.")
@click.option("--today", metavar="DATE", type=click.DateTime(["%Y-%m-%d"]), callback=_day, help="Instead of today.")
@click.pass_context
def lint(
    context: click.Context,
    /,
    paths: tuple[str, ...],
    var: tuple[str, ...],
    var_file: tuple[str, ...],
    exclude: tuple[str, ...],
    allow_outside: bool,
    format_: str,
    reports: tuple[tuple[str, Path], ...],
    baseline: Path | None,
    write_baseline: Path | None,
    no_cache: bool,
    **told: Any,
) -> None:
    """Find administrators who act without MFA, with the proof and the fix.

    PATH is a directory, a Terraform file, the output of `terraform show -json`, or - for that on standard input; by
    default the working directory. Settings stand under `lint:` in ./iamgen.yaml.

    \b
    Example:
      iamgen lint
      iamgen lint infra --format sarif > iamgen.sarif
      terraform show -json plan.out | iamgen lint -
    """
    from iamgen_rules import lint as run

    waiting, wanted = Waiting(), _told(settings(), **told)
    reading = options(context, var, var_file, exclude, allow_outside)
    try:
        report = run(paths or (".",), wanted, reading, progress=waiting.progress, means=_means(no_cache))
    finally:
        waiting.end()
    report = _known(report, baseline, write_baseline)
    _show(report, format_, reports)
    _say(report, format_, waiting.seconds)
    context.exit(_exit_code(report, wanted))


def _means(no_cache: bool) -> Means:
    from iamgen_rules.cache.store import user_folder
    from iamgen_rules.linting import Means
    from iamgen_rules.processes import processors

    found = None if no_cache else user_folder(os.environ)
    return Means(None if found is None else found / "lint", processors())


def _told(
    found: Settings,
    select: Sequence[str],
    ignore: Sequence[str],
    fail_on: Any,
    strict: bool,
    today: date | None,
) -> Settings:
    """The settings, but for what the command line says."""
    given: Mapping[str, Any] = {
        "select": select,
        "ignore": ignore,
        "fail_on": fail_on,
        "strict": strict,
        "today": today,
    }
    return replace(found, **{name: value for name, value in given.items() if value})


def _known(report: Report, old: Path | None, new: Path | None) -> Report:
    """The report beside what was known before, or is known from now on."""
    if old is None and new is None:
        return report
    from iamgen.files import read_text
    from iamgen_rules.engine import baseline

    if new is not None:
        text = baseline.write(report)
        if new.exists():
            baseline.compare(report, read_text(new), str(new))  # nothing else is overwritten
        replace_files({new: text})
        return baseline.compare(report, text, str(new))
    return baseline.compare(report, read_text(old), str(old)) if old is not None else report


def _show(report: Report, name: str, reports: Iterable[tuple[str, Path]]) -> None:
    """The report on standard output and in files; one that cannot be written costs the others nothing."""
    failed: list[str] = []
    for kind, path in reports:
        try:
            replace_files({path: FORMATS[kind](report)})
        except OutputError as error:
            failed.append(str(error))
    put(FORMATS[name](report, colour=coloured()))
    if failed:
        raise OutputError("\n".join(failed))


def _say(report: Report, name: str, seconds: float) -> None:
    """What is no finding: what went wrong, and how long it took."""
    if name != "text":
        for problem in report.errors:
            say(f"{problem}")
        for source in report.uninstalled:
            say(f"{source} is not installed: run terraform get")
    for bug in report.broken:
        what = f"rule {bug.code} {bug.name}" if bug.code else bug.name
        say(f"internal error: {what}: {bug.said} ({bug.at})")
    if report.broken:
        say(f"This is a bug in iamgen, not in your files: {where_to_report()}.")
    if not report.files:
        say("nothing was checked")
    say(f"{len(report.roots)} root module{'' if len(report.roots) == 1 else 's'} in {seconds:.2f} s")


def _exit_code(report: Report, wanted: Settings) -> int:
    from iamgen_rules.engine.exits import exit_code

    return exit_code(report, wanted)
