"""Writes `rules/iamgen_rules/data/hcl_table.bin` from the python-hcl2 and lark that are installed: `make parser-table`.

The same versions give the same table.
"""

from __future__ import annotations

from pathlib import Path

from iamgen_rules.terraform.hcl import make_table
from iamgen_rules.terraform.native.parser_table import grammar, made_from, packed

TABLE = Path(__file__).resolve().parent.parent / "rules" / "iamgen_rules" / "data" / "hcl_table.bin"


def main() -> None:
    """Write the table."""
    text = grammar()
    TABLE.write_bytes(packed(made_from(text), make_table(text)))


if __name__ == "__main__":
    main()
