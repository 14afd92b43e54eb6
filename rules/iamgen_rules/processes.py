"""Work for several processes: what is made of each number, in any order; a process that ends early costs its own."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import ForkContext, ForkProcess
    from multiprocessing.sharedctypes import Synchronized

_Made = TypeVar("_Made")
_LEAST = 8  # numbers for a process: it takes as long to begin as two or three of them


def useful(numbers: int, most: int) -> int:
    """How many processes it pays to use; 1 is this one. Elsewhere than on Linux a fork is not safe, or none."""
    return max(1, min(most, numbers // _LEAST)) if sys.platform == "linux" else 1


def processors() -> int:
    """How many processes can run at once."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


class Processes(Generic[_Made]):
    """Processes that begin as copies of this one and take the next number as long as there is one."""

    def __init__(self, make: Callable[[int], _Made], numbers: int, processes: int) -> None:
        """Make something of 0 to `numbers` - 1. What is made has to be plain data."""
        self._make, self._numbers, self._count = make, numbers, processes

    def results(self) -> Iterator[tuple[int, _Made]]:
        """Each number with what was made of it, as it comes; those are missing of which nothing came."""
        from multiprocessing import get_context
        from multiprocessing.connection import wait

        context = get_context("fork")
        taken: Synchronized[int] = context.Value("i", 0)
        started = [self._start(context, taken) for _ in range(self._count)]
        waiting = [connection for _, connection in started]
        try:
            while waiting:
                ready = wait(waiting)
                for connection in [one for one in waiting if one in ready]:
                    try:
                        yield connection.recv()
                    except EOFError:
                        waiting.remove(connection)
        finally:
            for process, connection in started:
                process.terminate()
                process.join()
                connection.close()

    def _start(self, context: ForkContext, taken: Synchronized[int]) -> tuple[ForkProcess, Connection]:
        receiving, sending = context.Pipe(duplex=False)
        process = context.Process(target=self._work, args=(sending, taken), daemon=True)
        process.start()
        sending.close()
        return process, receiving

    def _work(self, sending: Connection, taken: Synchronized[int]) -> None:
        """In the new process, which ends when it is told to, and is not the one that Ctrl-C is for."""
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.signal(signal.SIGHUP, signal.SIG_DFL)
        while (number := _next(taken)) < self._numbers:
            sending.send((number, self._make(number)))


def _next(taken: Synchronized[int]) -> int:
    with taken.get_lock():
        taken.value += 1
        return taken.value - 1
