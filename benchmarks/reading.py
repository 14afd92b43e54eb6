"""Cases that read Terraform from its files, with nothing known from before; what starting takes, and linting again."""

from __future__ import annotations

import atexit
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp

from benchmarks.case import Case, Ready, Work, scaled
from benchmarks.repository import write
from iamgen_rules.terraform.files import Repository
from iamgen_rules.terraform.loading import Loader
from iamgen_rules.terraform.read import read
from iamgen_rules.terraform.roots import find_roots

_CHECKOV_ENVIRONMENT = Path(__file__).resolve().parent.parent / ".venv-checkov" / "bin"

SIZES = (1_000, 2_000)
BARE = "Python alone"
STARTS = {  # what is started: Python's arguments
    "iamgen --help": ("-c", "from iamgen.cli.main import main; main()", "--help"),
    "import of the reader of Terraform": ("-c", "import iamgen_rules.terraform.read"),
}


@dataclass(frozen=True, slots=True)
class _Terraform:
    """A folder to read, and the root modules in it."""

    folder: Path
    roots: Callable[[], list[Path]]


_Peer = Callable[[_Terraform], Work]


def cases() -> Iterator[Case]:
    """Each size beside each peer, then what was written by others, where it is; starts last."""
    for peer, start in _peers().items():
        for size in SIZES:
            yield Case(f"{size:,} files of Terraform, beside {peer}", _generated(size, start), peer)
        if (corpus := Path(os.environ.get("IAMGEN_SHARED", "")) / "corpus").is_dir():
            yield Case(f"Terraform of others, beside {peer}", _corpus(corpus, start), peer)
    for name, arguments in STARTS.items():
        yield Case(f"start: {name}", _started(arguments), BARE)
    yield Case("start: a few root modules are read", _started_on_few, BARE)
    yield Case("start: a few root modules are linted", _linted(known=False), BARE)
    yield Case("start: a few root modules are linted again", _linted(known=True), BARE)


def _peers() -> dict[str, _Peer]:
    """By name; checkov only where it is installed."""
    program = os.environ.get("IAMGEN_CHECKOV") or shutil.which("checkov", path=_CHECKOV_ENVIRONMENT)
    return {"tfparse": _tfparse} | ({} if program is None else {"checkov": _checkov(program)})


def _generated(size: int, peer: _Peer) -> Callable[[float], Ready]:
    def prepare(scale: float) -> Ready:
        top = _folder()
        roots = write(top, scaled(size, scale))
        return _ready(_Terraform(top, lambda: roots), peer)

    return prepare


def _corpus(corpus: Path, peer: _Peer) -> Callable[[float], Ready]:
    """Copied, so that there is one folder at every scale: of several, checkov reads none, and says nothing."""

    def prepare(scale: float) -> Ready:
        top = _folder()
        folders = sorted(path for path in corpus.iterdir() if path.is_dir())
        for folder in folders[: scaled(len(folders), scale)]:
            shutil.copytree(folder, top / folder.name, symlinks=True)
        return _ready(_Terraform(top, lambda: _roots(top)), peer)

    return prepare


def _folder() -> Path:
    folder = Path(mkdtemp(prefix="iamgen-benchmark-"))
    atexit.register(shutil.rmtree, folder)
    return folder


def _roots(folder: Path) -> list[Path]:
    found = find_roots([str(folder)], Loader(Repository(str(folder))))
    return [Path(root) for root in found.folders]


def _ready(terraform: _Terraform, peer: _Peer) -> Ready:
    return Ready(lambda: read([str(terraform.folder)]), lambda: peer(terraform))


def _tfparse(terraform: _Terraform) -> Work:
    """It evaluates the folder that it is given: each root module, one after the other."""
    from tfparse import load_from_path

    roots = terraform.roots()
    return lambda: [load_from_path(str(root)) for root in roots]


def _checkov(program: str) -> _Peer:
    """With one check on IAM alone; what it finds is no failure, so that a failure is seen."""
    options = ["--framework", "terraform", "--check", "CKV_AWS_40", "--quiet", "--compact"]
    silent = [*options, "--skip-download", "--soft-fail"]
    return lambda terraform: _run([program, "--directory", str(terraform.folder), *silent])


def _started(arguments: tuple[str, ...]) -> Callable[[float], Ready]:
    return lambda _: Ready(_run([sys.executable, *arguments]), lambda: _run([sys.executable, "-c", "pass"]))


def _started_on_few(_: float) -> Ready:
    """What one waits for whose repository is small."""
    top = _folder()
    write(top, 20)
    program = "import sys; from iamgen_rules.terraform.read import read; assert read(sys.argv[1:]).roots"
    return _started(("-c", program, str(top)))(1)


def _linted(known: bool) -> Callable[[float], Ready]:
    """As a process, with a cache of its own, or without any."""

    def prepare(_: float) -> Ready:
        top = _folder()
        write(top, 20)
        program = f"""
import os, sys
from iamgen.cli.main import main
os.environ["XDG_CACHE_HOME"], sys.stderr = {str(top / ".cache")!r}, open(os.devnull, "w")
main()
"""
        arguments = ("-c", program, "lint", "--fail-on", "never", str(top), *(() if known else ("--no-cache",)))
        _run([sys.executable, *arguments])()
        return _started(arguments)(1)

    return prepare


def _run(command: list[str]) -> Work:
    return lambda: subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
