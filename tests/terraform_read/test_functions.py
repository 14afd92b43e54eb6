"""The functions are Terraform's: their names, their parameters; and they cost nothing until they are called."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

import pytest

from iamgen_rules.terraform import functions as package
from iamgen_rules.terraform.functions import FAMILIES, function_named, functions
from iamgen_rules.terraform.functions.function import Parameter
from needs import need

SPECIAL = {"try", "can"}  # they are given expressions, not values
LOADED = """
import sys
from iamgen_rules.terraform.functions import functions
functions()
print(*sorted({"re2", "regex", "yaml"} & set(sys.modules)))
"""


@pytest.fixture(scope="module")
def signatures() -> dict[str, Any]:
    said = subprocess.run([need("terraform"), "metadata", "functions", "-json"], capture_output=True, check=True)
    found: dict[str, Any] = json.loads(said.stdout)["function_signatures"]
    return {name: signature for name, signature in found.items() if "::" not in name}


def shape(parameter: Parameter | None) -> tuple[str, bool] | None:
    return (parameter.name, parameter.null) if parameter else None


def said_shape(parameter: dict[str, Any] | None) -> tuple[str, bool] | None:
    return (parameter["name"], parameter.get("is_nullable", False)) if parameter else None


def test_every_function_of_terraform_is_there_and_no_other(signatures: dict[str, Any]) -> None:
    assert functions().keys() == signatures.keys() - SPECIAL


def test_the_families_are_what_the_modules_have() -> None:
    modules = [import_module(f"{package.__name__}.{module.name}") for module in iter_modules(package.__path__)]
    registered = {module.__name__.rpartition(".")[2]: set(getattr(module, "FUNCTIONS", ())) for module in modules}
    assert {family: set(names.split()) for family, names in FAMILIES.items()} == {
        family: names for family, names in registered.items() if names
    }
    assert len(functions()) == sum(map(len, registered.values()))
    assert all(function_named(name) is function for name, function in functions().items())
    assert function_named("lookupp") is None


def test_parameters_are_terraforms(signatures: dict[str, Any]) -> None:
    ours = {
        name: ([shape(one) for one in function.parameters], shape(function.variadic))
        for name, function in functions().items()
    }
    theirs = {
        name: (
            [said_shape(one) for one in signature.get("parameters", [])],
            said_shape(signature.get("variadic_parameter")),
        )
        for name, signature in signatures.items()
        if name not in SPECIAL
    }
    assert ours == theirs


def test_libraries_are_loaded_by_the_first_call_that_needs_them() -> None:
    done = subprocess.run([sys.executable, "-c", LOADED], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
