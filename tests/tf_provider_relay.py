"""The relay between Terraform and a provider that runs: every call goes through as it is, but for two.

The AWS provider describes all its resources and data sources anew for each command of Terraform: seconds, for the few
that the tests use. Here it is asked once, and those of `KEPT` are handed on, byte for byte. Whether its configuration
is valid it is asked once, too, and that takes it a third of a second.
Run as `python tf_provider_relay.py ADDRESS`; prints its port, and ends when its standard input does.
Sources: "Terraform Plugin Protocol", tfplugin5.proto (GetSchema, PrepareProviderConfig); "Protocol Buffers: Encoding".
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import grpc

KEPT = (b"aws_iam_", b"aws_caller_identity", b"aws_partition", b"aws_region")
_PROVIDER = "/tfplugin5.Provider/"
_CHECK = f"{_PROVIDER}PrepareProviderConfig"
_SCHEMA = f"{_PROVIDER}GetSchema"
_RESOURCES, _DATA_SOURCES = 2, 3  # fields of its response: maps from the type's name
_BYTES = 2  # the wire type of everything in it
_ANY_SIZE = (("grpc.max_receive_message_length", -1), ("grpc.max_send_message_length", -1))
_AT_ONCE = 64  # more than Terraform asks at a time
Answer = Callable[[bytes, Any], bytes]


def trimmed(schema: bytes) -> bytes:
    """A response to GetSchema without the resources and data sources that nobody here uses."""
    return b"".join(whole for number, content, whole in _fields(schema) if _is_kept(number, content))


def _is_kept(number: int, content: bytes) -> bool:
    if number not in (_RESOURCES, _DATA_SOURCES):
        return True
    _, name, _ = next(_fields(content))
    return name.startswith(KEPT)


def _fields(message: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """The fields of a message whose fields are texts and messages: number, content, and the whole of it."""
    start = 0
    while start < len(message):
        tag, place = _varint(message, start)
        assert tag & 7 == _BYTES, "another protocol"
        size, place = _varint(message, place)
        yield tag >> 3, message[place : place + size], message[start : place + size]
        start = place + size


def _varint(message: bytes, place: int) -> tuple[int, int]:
    """A number, seven bits a byte, the lowest first; and where it ends."""
    value = shift = 0
    while message[place] & 0x80:
        value |= (message[place] & 0x7F) << shift
        shift, place = shift + 7, place + 1
    return value | message[place] << shift, place + 1


class Relay(grpc.GenericRpcHandler):  # type: ignore[misc]  # grpcio has no types
    """Answers for a provider: what it would say again is remembered, the rest is asked."""

    def __init__(self, provider: grpc.Channel) -> None:
        """Ask `provider` for its schema."""
        self._provider = provider
        self._schema = trimmed(provider.unary_unary(_SCHEMA)(b"", timeout=60))
        self._checked: dict[bytes, bytes] = {}

    def service(self, handler_call_details: grpc.HandlerCallDetails) -> grpc.RpcMethodHandler[bytes, bytes] | None:
        """What answers a call, in bytes that are not looked at; nothing where it is of the plugin's own streams."""
        method = handler_call_details.method
        return grpc.unary_unary_rpc_method_handler(self._answers(method)) if method.startswith(_PROVIDER) else None

    def _answers(self, method: str) -> Answer:
        if method == _SCHEMA:
            return lambda _request, _context: self._schema
        asked = self._asked(method)
        return self._remembered(asked) if method == _CHECK else asked

    def _remembered(self, asked: Answer) -> Answer:
        """Whether a configuration is valid depends on it alone."""

        def answer(request: bytes, context: Any) -> bytes:
            if request not in self._checked:
                self._checked[request] = asked(request, context)
            return self._checked[request]

        return answer

    def _asked(self, method: str) -> Answer:
        ask = self._provider.unary_unary(method)

        def answer(request: bytes, context: Any) -> bytes:
            try:
                reply: bytes = ask(request)
            except grpc.RpcError as error:
                context.abort(error.code(), error.details())
                raise
            return reply

        return answer


def serve(address: str) -> None:
    """Relay to the provider at `address` from a free port, until standard input ends."""
    with grpc.insecure_channel(address, options=_ANY_SIZE) as provider:
        server = grpc.server(ThreadPoolExecutor(_AT_ONCE), handlers=[Relay(provider)], options=_ANY_SIZE)
        port = server.add_insecure_port("127.0.0.1:0")
        server.start()
        sys.stdout.write(f"{port}\n")
        sys.stdout.flush()
        sys.stdin.read()
        server.stop(grace=None)


if __name__ == "__main__":
    serve(sys.argv[1])
