"""Directories to modules, each read once."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field

from iamgen_rules.source import Place
from iamgen_rules.terraform.document import Document
from iamgen_rules.terraform.evaluation_error import EvaluationError
from iamgen_rules.terraform.files import Repository
from iamgen_rules.terraform.module import Module, loaded

Report = Callable[[Place, str], None]


@dataclass(eq=False)
class Loader:
    """Reads modules through the door to a repository's files. Paths are as people know them: relative or absolute."""

    repository: Repository
    modules: dict[str, Module] = field(default_factory=dict)

    def module(self, folder: str) -> Module:
        """The module in a folder; without declarations, and with a problem, where it cannot be read."""
        folder = os.path.normpath(folder)
        if folder not in self.modules:
            with self.repository.folder_stays_open():
                self.modules[folder] = self._read(folder)
        return self.modules[folder]

    def _read(self, folder: str) -> Module:
        module = Module(folder)
        try:
            primary, overrides = loaded(self.repository.names(folder))
        except EvaluationError as error:
            module.report(Place(folder), error.message)
            return module
        module.documents = self._documents(folder, primary, module.report)
        module.overrides = self._documents(folder, overrides, module.report)
        return module

    def _documents(self, folder: str, names: list[str], report: Report) -> list[Document]:
        found = [self.document(os.path.normpath(os.path.join(folder, name)), report) for name in names]
        return [document for document in found if document is not None]

    def document(self, path: str, report: Report) -> Document | None:
        """A file of configuration or of variables' values; nothing, and a problem, where it cannot be read."""
        try:
            content = self.repository.read(path)
        except EvaluationError as error:
            report(Place(path), error.message)
            return None
        try:
            return Document(path, content.decode())
        except UnicodeDecodeError:
            report(Place(path), "it is not UTF-8: what is not is read as U+FFFD")
            return Document(path, content.decode(errors="replace"))
