"""Write docs/rules again: a page for each rule, from its docstring, and the index; what is of no rule goes."""

from __future__ import annotations

from pathlib import Path

from iamgen_rules.checks import rules
from iamgen_rules.pages import files

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "rules"


def main() -> None:
    """Write the pages."""
    pages = files(rules())
    FOLDER.mkdir(exist_ok=True)
    for path in FOLDER.glob("*.md"):
        if path.name not in pages:
            path.unlink()
    for name, text in pages.items():
        (FOLDER / name).write_text(text, encoding="utf-8")
    print(f"{len(pages)} pages")


if __name__ == "__main__":
    main()
