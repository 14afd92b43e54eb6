"""Terraform's own word on rosters out of the whole range: their format, their syntax, their types, their texts."""

from __future__ import annotations

import unicodedata
from typing import Any

from hypothesis import Phase, given, settings
from hypothesis.strategies import SearchStrategy

from iamgen.hcl import literal
from iamgen.render import Options, render, render_modules
from strategies import Data, Sample, odd_text, samples
from terraform.roots import Place

_FORMS = (Options(), Options(split=True), Options(module_source="../modules"))
_CHILD = 'module "{name}" {{\n  source = "./{name}"\n}}\n'


def _drawn(strategy: SearchStrategy[Any], number: int) -> list[Any]:
    found: list[Any] = []

    @settings(max_examples=number, phases=[Phase.generate])
    @given(strategy)
    def keep(drawn: Any) -> None:
        found.append(drawn)

    keep()
    return found


def _to_be_made(data: Data) -> Data:
    """The roster without `exists`: Terraform takes import blocks in roots only."""
    named = {kind: [{**each, "exists": "false"} for each in data[kind]] for kind in ("sudo_roles", "groups", "users")}
    return {**data, **named, "mfa": {**data.get("mfa", {}), "exists": "false"}}


def test_all_are_formatted_and_valid(place: Place) -> None:
    """One call of `fmt` over all, and one of `validate` over all as modules of one root."""
    found: list[Sample] = _drawn(samples(), 100)
    files = {f"modules/{path}": text for path, text in render_modules().items() if path.endswith(".tf")}
    for number, sample in enumerate(found):
        imported = render(sample.loaded(), _FORMS[number % 3])
        made = render(Sample(_to_be_made(sample.data), sample.documents).loaded(), _FORMS[number % 3])
        files |= {f".imported/{number}/{name}": text for name, text in imported.items()}
        files |= {f"roster{number}/{name}": text for name, text in made.items()}
    files["main.tf"] = "\n".join(_CHILD.format(name=f"roster{number}") for number in range(len(found)))
    where = place(files)
    assert where.unformatted() == ""
    where.validate()


def test_texts_mean_themselves(place: Place) -> None:
    """What `hcl` writes for a text, Terraform reads as that text, in Unicode's composed form as always."""
    texts: list[str] = _drawn(odd_text, 500)
    where = place({"main.tf": f'output "texts" {{\n  value = {literal(texts)}\n}}\n'})
    where.apply()
    assert where.outputs()["texts"] == [unicodedata.normalize("NFC", text) for text in texts]
