"""For all tests: an environment without the caller's AWS settings, and properties that are tried the same way twice."""

from __future__ import annotations

import atexit
import os
import signal
import sys
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

import pytest
from hypothesis import settings

_PREFIXES = ("AWS_",)
_NAMES = ("CLICOLOR", "COLUMNS", "FORCE_COLOR", "LINES", "NO_COLOR")

for name in [name for name in os.environ if name.startswith(_PREFIXES) or name in _NAMES]:
    del os.environ[name]

# What runs the tests may ignore signals (nohup, a job in the background), and programs would inherit that.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)
for number in (signal.SIGHUP, signal.SIGTERM):
    if signal.getsignal(number) is signal.SIG_IGN:
        signal.signal(number, signal.SIG_DFL)

# What is kept for a user is kept for one run of the tests, and by each of its processes for itself.
os.environ["XDG_CACHE_HOME"] = mkdtemp(prefix="iamgen-cache-")
atexit.register(rmtree, os.environ["XDG_CACHE_HOME"], ignore_errors=True)

settings.register_profile("same", deadline=None, derandomize=True, print_blob=True)
settings.register_profile("explore", deadline=None, max_examples=1000)
settings.load_profile("same")


@pytest.fixture(scope="session")
def iamgen() -> Path:
    """The installed program."""
    program = Path(sys.prefix) / "bin" / "iamgen"
    assert program.exists(), "no iamgen beside this Python: run the tests with `make test`"
    return program


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of reference data that lies outside this repository, where there is one."""
    folder = os.environ.get("IAMGEN_SHARED")
    if not folder:
        pytest.skip("IAMGEN_SHARED names no folder of reference data")
    return Path(folder)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What tests have counted, by `record_property("judged", …)`: no worker of xdist can print it."""
    for report in terminalreporter.getreports("passed"):
        for name, value in report.user_properties:
            if name == "judged":
                terminalreporter.write_line(f"{report.nodeid}: {value}")
