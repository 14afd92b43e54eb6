"""A repository on the disk."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """outside.txt beside a repository with a root module in `live`."""
    top = tmp_path / "repository"
    for folder in (".git", "live/policies/more", "common"):
        (top / folder).mkdir(parents=True)
    (tmp_path / "outside.txt").write_text("secret")
    (top / "common/base.json").write_text("base")
    for name in ("main.tf", "policies/a.json", "policies/.b.json", "policies/more/c.json", "policies/[d].json"):
        (top / "live" / name).write_text(name)
    return top
