"""What Terraform makes of the MFA policy, with each choice, self-contained and in the module."""

from __future__ import annotations

import json

import pytest

from iamgen.load import load
from iamgen.render import Options, render, render_modules
from terraform.policies import CHOICES, gate, normal
from terraform.roots import Place, document

_CHILD = 'module "{name}" {{\n  source = "./{name}"\n}}\n'


@pytest.mark.usefixtures("account")
def test_every_choice_gives_the_expected_text(place: Place) -> None:
    """One plan of a root whose modules are the rendered rosters."""
    files = {f"modules/{path}": text for path, text in render_modules().items() if path.endswith(".tf")}
    wanted = {}
    for number, mfa in enumerate(CHOICES.values()):
        loaded = load(json.dumps({"version": 1, "mfa": mfa}), "iamgen.yaml", document)
        for form, source in (("alone", None), ("called", "../modules")):
            name = f"{form}{number}"
            files[f"{name}/main.tf"] = render(loaded, Options(module_source=source))["main.tf"]
            wanted[name] = normal(gate(mfa))
    files["main.tf"] = "".join(_CHILD.format(name=name) for name in wanted)
    changes = place(files).planned()["resource_changes"]
    planned = {
        change["address"].split(".")[1]: change["change"]["after"]["policy"]
        for change in changes
        if change["type"] == "aws_iam_policy"
    }
    assert {name: normal(json.loads(policy)) for name, policy in planned.items()} == wanted
