"""Values to YAML, as Terraform writes it. Only here and in `yaml_reading` PyYAML is imported.

Source: "yamlencode Function" (Terraform documentation), which promises no form; go-cty-yaml's `encode.go`, and what
Terraform 1.11 answers.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from fractions import Fraction
from io import StringIO

from yaml.emitter import Emitter, ScalarAnalysis
from yaml.events import (
    DocumentEndEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
    StreamStartEvent,
)  # fmt: skip

from iamgen_rules.terraform.number import text_of_number
from iamgen_rules.terraform.scope import Meter
from iamgen_rules.terraform.values import Value


class _Emitter(Emitter):
    """PyYAML's emitter, where it differs from Go's."""

    def check_empty_document(self) -> bool:
        """An empty text needs no `---`."""
        return False

    def check_simple_key(self) -> bool:
        """Nor does it need `?` as a key."""
        return self.event.value == "" or super().check_simple_key() if isinstance(self.event, ScalarEvent) else False

    def analyze_scalar(self, scalar: str) -> ScalarAnalysis:
        """Go escapes what is beyond U+FFFF, which a block cannot."""
        found = super().analyze_scalar(scalar)
        found.allow_block = found.allow_block and all(character <= "\uffff" for character in scalar)
        return found

    def write_literal(self, text: str) -> None:
        """Nothing needs `...` behind it."""
        super().write_literal(text)
        self.open_ended = False

    def write_double_quoted(self, text: str, split: bool = True) -> None:
        """A long line is broken in the place of a space."""
        self.write_indicator('"', True)
        before = ""
        for at, character in enumerate(text):
            if character == " " != before and split and self.column > self.best_width and 0 < at < len(text) - 1:
                self.write_indent()
                self._put("\\" if text[at + 1] == " " else "")
            else:
                self._put(_escaped(character))
            before = character
        self.write_indicator('"', False)

    def _put(self, text: str) -> None:
        self.column += len(text)
        self.stream.write(text)


def _escaped(character: str) -> str:
    if character in Emitter.ESCAPE_REPLACEMENTS and character not in {"/", "\xa0"}:
        return "\\" + Emitter.ESCAPE_REPLACEMENTS[character]
    if "\x20" <= character <= "\x7e" or ("\xa0" <= character <= "\ufffd" and character != "\ufeff"):
        return character
    code = ord(character)
    return f"\\x{code:02X}" if code <= 0xFF else f"\\u{code:04X}" if code <= 0xFFFF else f"\\U{code:08X}"


def written(value: Value, meter: Meter) -> str:
    """A value that is wholly known as a document of YAML."""
    made = StringIO()
    emitter = _Emitter(made, allow_unicode=True)
    for event in _document(value, meter):
        emitter.emit(event)
    return made.getvalue()


def _document(value: Value, meter: Meter) -> Iterator[Event]:
    yield StreamStartEvent()
    yield DocumentStartEvent()
    yield from _events(value, meter)
    yield DocumentEndEvent()
    yield StreamEndEvent()


def _events(value: Value, meter: Meter) -> Iterator[Event]:
    meter.spend()
    data = value.data
    with meter.nested():
        if isinstance(data, Mapping):
            yield MappingStartEvent(None, None, implicit=True, flow_style=False)
            for key, part in data.items():
                yield _text(key)
                yield from _events(part, meter)
            yield MappingEndEvent()
        elif isinstance(data, tuple):
            yield SequenceStartEvent(None, None, implicit=True, flow_style=False)
            for part in data:
                yield from _events(part, meter)
            yield SequenceEndEvent()
        else:
            yield _scalar(value)


def _scalar(value: Value) -> Event:
    data = value.data
    if isinstance(data, str):
        return _text(data)
    if data is None or isinstance(data, bool):
        return ScalarEvent(None, None, (True, False), json.dumps(data))
    if isinstance(data, int | Fraction):
        return ScalarEvent(None, None, (True, False), text_of_number(data))
    raise TypeError(value)


def _text(text: str) -> Event:
    return ScalarEvent(None, None, (False, True), text, style="|" if "\n" in text else '"')
