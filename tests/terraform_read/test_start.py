"""What is not needed is not loaded: reading a folder waits for no package that none of its files asks for."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

READ = """
import sys
from iamgen_rules.terraform.read import read
[root] = read(sys.argv[1:]).roots
assert root.resources and not root.problems
print(*sorted({"hcl2", "lark", "pathspec", "re2", "regex", "yaml"} & set(sys.modules)))
"""


def test_no_package_is_loaded_for_plain_configuration(tmp_path: Path) -> None:
    text = 'resource "aws_iam_user" "a" {\n  name = "a-${upper(local.b)}"\n}\nlocals {\n  b = "x"\n}\n'
    (tmp_path / "main.tf").write_text(text, encoding="utf-8")
    assert _loaded(tmp_path) == []


def test_each_is_loaded_by_what_asks_for_it(tmp_path: Path) -> None:
    text = 'resource "aws_iam_user" "a" {\n  name = regex("a+", yamldecode("x: aa")["x"])\n}\n'
    (tmp_path / "main.tf").write_text(text, encoding="utf-8")
    (tmp_path / ".gitignore").write_text("build/\n", encoding="utf-8")
    (tmp_path / "build").mkdir()
    assert _loaded(tmp_path) == ["pathspec", "re2", "yaml"]


def _loaded(folder: Path) -> list[str]:
    said = subprocess.run([sys.executable, "-c", READ, str(folder)], capture_output=True, text=True, check=True)
    return said.stdout.split()
