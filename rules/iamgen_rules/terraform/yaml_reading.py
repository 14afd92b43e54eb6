r"""YAML to values. Only here and in `yaml_writing` PyYAML is imported.

Source: go-cty-yaml, which Terraform uses: anchors, merge keys with one mapping, the last of equal keys. libyaml reads
`"\\/"` and `[a?]`, which Terraform refuses.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import yaml
from yaml.events import (
    AliasEvent,
    CollectionStartEvent,
    DocumentEndEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    StreamEndEvent,
)  # fmt: skip

from iamgen_rules.terraform.convert import convert
from iamgen_rules.terraform.evaluation_error import EvaluationError
from iamgen_rules.terraform.scope import Meter
from iamgen_rules.terraform.types import STRING
from iamgen_rules.terraform.values import Value, object_value, tuple_value
from iamgen_rules.terraform.yaml_scalars import resolved

_CHARACTERS_OF_A_STEP = 8
_MAPPING, _SEQUENCE = "tag:yaml.org,2002:map", "tag:yaml.org,2002:seq"
_STEPS_OF_AN_EVENT = 10  # as long as these takes the parser


def read(text: str, meter: Meter) -> Value:
    """The value of a text with one document. Raises EvaluationError."""
    meter.spend(len(text) // _CHARACTERS_OF_A_STEP)
    reading = _Reading(_events(text), meter)
    first = reading.next()
    if not isinstance(first, DocumentStartEvent):
        raise EvaluationError("the YAML is empty", argument=0)
    if first.version not in {None, (1, 1)}:
        raise EvaluationError("only YAML 1.1 is supported", argument=0)
    found = reading.value(reading.next())
    if not isinstance(reading.next(), DocumentEndEvent) or not isinstance(reading.next(), StreamEndEvent):
        raise EvaluationError("only a single YAML document is allowed", argument=0)
    return found


def _events(text: str) -> Iterator[Event]:
    """The parser's events but the first; with libyaml, where PyYAML has it, from which Terraform's parser is made."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        events = yaml.parse(text, Loader=loader)
        next(events)
        yield from events
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        raise EvaluationError(f"this is not YAML: {' '.join(str(error).split())}", argument=0) from error


@dataclass
class _Anchor:
    """A value that has a name, and how many values it consists of; while it is being read, none."""

    value: Value | None = None
    size: int = 0


@dataclass
class _Reading:
    """Makes values from events."""

    events: Iterator[Event]
    meter: Meter
    anchors: dict[str, _Anchor] = field(default_factory=dict)
    size: int = 0

    def next(self) -> Event:
        """The next event."""
        self.meter.spend(_STEPS_OF_AN_EVENT)
        return next(self.events)

    def value(self, event: Event) -> Value:
        """The value that begins with an event."""
        self.size += 1
        if isinstance(event, AliasEvent):
            return self._alias(event.anchor or "")
        if not isinstance(event, NodeEvent):
            raise EvaluationError("the YAML has no value here", argument=0)
        with self._anchored(event) as anchor:
            found = _scalar(event) if isinstance(event, ScalarEvent) else self._collection(event)
            anchor.value = found
        return found

    @contextmanager
    def _anchored(self, event: NodeEvent) -> Iterator[_Anchor]:
        anchor, before = _Anchor(), self.size
        if event.anchor:
            self.anchors[event.anchor] = anchor
        yield anchor
        anchor.size = self.size - before + 1

    def _alias(self, name: str) -> Value:
        """What is repeated counts again: aliases of aliases grow without end."""
        anchor = self.anchors.get(name)
        if anchor is None or anchor.value is None:
            raise EvaluationError(f"the YAML has no anchor {name} that ends before its use", argument=0)
        self.size += anchor.size
        self.meter.elements(self.size)
        return anchor.value

    def _collection(self, event: NodeEvent) -> Value:
        mapping = isinstance(event, MappingStartEvent)
        tag = event.tag if isinstance(event, CollectionStartEvent) else None
        if tag not in {None, _MAPPING if mapping else _SEQUENCE}:
            raise EvaluationError(f"cannot interpret a collection of YAML as {tag}", argument=0)
        with self.meter.nested():
            return self._mapping() if mapping else self._sequence()

    def _sequence(self) -> Value:
        found: list[Value] = []
        while not isinstance(event := self.next(), SequenceEndEvent):
            found.append(self.value(event))
        self.meter.elements(len(found))
        return tuple_value(found)

    def _mapping(self) -> Value:
        found: dict[str, Value] = {}
        while not isinstance(event := self.next(), MappingEndEvent):
            if not isinstance(event, ScalarEvent):
                raise EvaluationError("only strings are allowed as keys of a mapping in YAML", argument=0)
            key = None if _is_merge(event) else _key(event)
            value = self.value(self.next())
            found |= _merged(value) if key is None else {key: value}
        self.meter.elements(len(found))
        return object_value(found)


def _scalar(event: ScalarEvent) -> Value:
    if event.style in {"|", ">"} and not event.value and not event.tag:
        return Value(STRING, None)
    return resolved(event.value, event.tag or "", plain=not event.style)


def _is_merge(event: ScalarEvent) -> bool:
    return event.value == "<<" and not event.tag


def _merged(value: Value) -> dict[str, Value]:
    if not isinstance(value.data, dict):
        raise EvaluationError("only a mapping can be merged into another one in YAML", argument=0)
    return dict(value.data)


def _key(event: ScalarEvent) -> str:
    found = convert(_scalar(event), STRING).data
    if not isinstance(found, str):
        raise EvaluationError("a key of a mapping in YAML cannot be null", argument=0)
    return found
