"""What iamgen renders, as files, and what its linter says of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from iamgen.load import Loaded
from iamgen.render import Options, render, render_modules
from iamgen_rules import lint
from iamgen_rules.engine.report import Report
from iamgen_rules.settings import Settings

FORMS = {"self-contained": None, "modules": "./modules"}
SETTINGS = Settings(date(2026, 7, 1))
_MODULES = {
    f"modules/{path}": text
    for path, text in render_modules().items()
    if path.endswith(".tf") and "/examples/" not in path
}


def files(loaded: Loaded, form: str) -> dict[str, str]:
    """A roster's Terraform, by path; with the modules that it calls."""
    source = FORMS[form]
    root = render(loaded, Options(module_source=source))
    called = {path: text for path, text in _MODULES.items() if f'"./{path.rpartition("/")[0]}"' in root["main.tf"]}
    return root | called


def linted(folder: Path, texts: Mapping[str, str]) -> Report:
    """What the linter says of these files, in an empty folder; whatever it cannot read fails the test."""
    for name, text in texts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    report = lint([str(folder)], SETTINGS)
    assert (report.errors, report.broken, report.uninstalled) == ((), (), ())
    return report
