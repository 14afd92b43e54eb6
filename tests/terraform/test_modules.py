"""Each module passes its own tests, without a network; so does its example, as far as that can be said of it."""

from __future__ import annotations

import pytest

from iamgen.render import render_modules
from terraform.roots import Place

_OFFLINE = {"AWS_ENDPOINT_URL": "http://127.0.0.1:9", "AWS_EC2_METADATA_DISABLED": "true"}


@pytest.mark.parametrize("module", ["mfa-policy", "sudo-role", "group-attachments"])
def test_a_module_passes_its_tests(place: Place, module: str) -> None:
    """Port 9 answers nobody."""
    where = place({path: text for path, text in render_modules().items() if path.endswith((".tf", ".hcl"))})
    where.environment = {**where.environment, **_OFFLINE}
    assert where.unformatted() == ""
    for folder in (module, f"{module}/examples/complete"):
        where.run(f"-chdir={folder}", "init")
        where.run(f"-chdir={folder}", "validate")
    where.run(f"-chdir={module}", "test")
