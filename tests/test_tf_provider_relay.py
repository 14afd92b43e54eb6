"""The relay takes unused types out of a provider's schema, remembers two answers, and asks for all others."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any, cast

import pytest

from tf_provider_relay import Relay, trimmed

PROVIDER, RESOURCES, DATA_SOURCES, FUNCTIONS = 1, 2, 3, 7


def field(number: int, content: bytes) -> bytes:
    """A field of a message, as Protocol Buffers write it."""
    size = bytes([len(content)]) if len(content) < 128 else bytes([len(content) % 128 + 128, len(content) // 128])
    return bytes([number << 3 | 2]) + size + content


def entry(number: int, name: str, schema: bytes = b"") -> bytes:
    """An entry of a map from names to schemas."""
    return field(number, field(1, name.encode()) + field(2, schema))


@pytest.mark.parametrize("number", [RESOURCES, DATA_SOURCES])
@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("aws_iam_user", True),
        ("aws_caller_identity", True),
        ("aws_partition", True),
        ("aws_region", True),
        ("aws_instance", False),
        ("aws_s3_bucket", False),
    ],
)
def test_a_type_is_kept_or_not(number: int, name: str, kept: bool) -> None:
    others = field(PROVIDER, b"x" * 300), entry(RESOURCES, "aws_iam_role", b"y" * 200), entry(FUNCTIONS, "arn_parse")
    before, between, after = others
    one = entry(number, name, b"z" * 150)
    assert trimmed(before + one + between + after) == before + (one if kept else b"") + between + after


class Provider:
    """A provider that repeats what it is asked, and writes down by which method."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def unary_unary(self, method: str) -> Callable[..., bytes]:
        def answer(request: bytes, **_: float) -> bytes:
            self.asked.append(method.rpartition("/")[2])
            return request

        return answer


def test_it_asks_again_what_may_be_another_answer() -> None:
    provider = Provider()
    relay = Relay(cast(Any, provider))
    for method in ("GetSchema", "PrepareProviderConfig", "Configure", "ReadResource"):
        for request in (b"", b"\x0a\x00", b"\x0a\x00"):
            handler: Any = relay.service(cast(Any, SimpleNamespace(method=f"/tfplugin5.Provider/{method}")))
            assert handler.unary_unary(request, None) == (b"" if method == "GetSchema" else request)
    checked, others = ["PrepareProviderConfig"] * 2, [*["Configure"] * 3, *["ReadResource"] * 3]
    assert provider.asked == ["GetSchema", *checked, *others]


def test_it_takes_no_call_that_would_wait_for_ever() -> None:
    """Terraform listens to a plugin's output for as long as it runs."""
    relay = Relay(cast(Any, Provider()))
    assert relay.service(cast(Any, SimpleNamespace(method="/plugin.GRPCStdio/StreamStdio"))) is None
