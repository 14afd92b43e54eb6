"""Functions of files and paths.

Source: "Filesystem Functions" (Terraform documentation); Go's `path/filepath`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from posixpath import normpath

from iamgen_rules.terraform.evaluation_error import EvaluationError
from iamgen_rules.terraform.functions.arguments import of_text, string, text, unknown_by
from iamgen_rules.terraform.functions.base64 import encoded
from iamgen_rules.terraform.functions.function import Function, Parameter
from iamgen_rules.terraform.json_file import JsonFile
from iamgen_rules.terraform.scope import Context
from iamgen_rules.terraform.sets import set_value
from iamgen_rules.terraform.types import BOOL, DYNAMIC, STRING, set_of
from iamgen_rules.terraform.values import Value, boolean, unknown
from iamgen_rules.terraform.values import string as string_value

_NAME = re.compile(r"[^\W\d][\w-]*")
_PATH = (Parameter("path", STRING),)


def _read_text(path: Value, context: Context) -> str:
    try:
        found = context.files.read(text(path)).decode()
    except UnicodeDecodeError as error:
        message = f"contents of {text(path)} are not valid UTF-8; filebase64 reads them as Base64"
        raise EvaluationError(message) from error
    context.meter.text(len(found))
    return found


def _file(arguments: Sequence[Value], context: Context) -> Value:
    made = string(_read_text(arguments[0], context), context)
    return replace(made, origin=JsonFile(context.files.shown(text(arguments[0])), str(made.data)))


def _filebase64(arguments: Sequence[Value], context: Context) -> Value:
    return string(encoded(context.files.read(text(arguments[0]))), context)


def _fileexists(arguments: Sequence[Value], context: Context) -> Value:
    return boolean(context.files.exists(text(arguments[0])))


def _fileset(arguments: Sequence[Value], context: Context) -> Value:
    found = context.files.matching(text(arguments[0]), text(arguments[1]))
    context.meter.elements(len(found))
    return set_value(STRING, map(string_value, found))


def _templatefile(arguments: Sequence[Value], context: Context) -> Value:
    path, variables = arguments
    if variables.is_unknown:  # then the file is not even read
        return unknown_by(DYNAMIC, variables)
    return rendered(_read_text(path, context), variables, context.files.shown(text(path)), context)


def rendered(template: str, variables: Value, name: str, context: Context) -> Value:
    """A template with its variables; `name` for messages. Raises EvaluationError."""
    if variables.is_unknown:
        return unknown_by(DYNAMIC, variables)
    if not isinstance(variables.data, Mapping):
        raise EvaluationError("invalid vars value: must be a map", argument=1)
    for variable in variables.data:
        if not _NAME.fullmatch(variable):
            raise EvaluationError(f'invalid template variable name "{variable}"', argument=1)
    return context.template(template, variables, name)


def _abspath(arguments: Sequence[Value], context: Context) -> Value:
    return string(context.files.absolute(text(arguments[0])), context)


def _basename(path: str) -> str:
    """As Go: what is empty is `.`, and slashes at the end do not count."""
    return path.rstrip("/").rpartition("/")[2] or ("/" if path else ".")


def _dirname(path: str) -> str:
    folder, slash, _ = path.rpartition("/")
    return _clean(folder + slash)


def _clean(path: str) -> str:
    """Go's `filepath.Clean`; only Python leaves two slashes at the start."""
    return normpath(f"/{path.lstrip('/')}" if path.startswith("/") else path)


def _pathexpand(arguments: Sequence[Value], context: Context) -> Value:
    path = text(arguments[0])
    if not path.startswith("~"):
        return string(path, context)
    if path[1:2] not in {"", "/"}:
        raise EvaluationError("cannot expand user-specific home dir", argument=0)
    return unknown(STRING, f'pathexpand("{path}")')


FUNCTIONS = {
    "abspath": Function(_abspath, _PATH, result=STRING),
    "basename": Function(of_text(_basename), _PATH, result=STRING),
    "dirname": Function(of_text(_dirname), _PATH, result=STRING),
    "file": Function(_file, _PATH, result=STRING),
    "filebase64": Function(_filebase64, _PATH, result=STRING),
    "fileexists": Function(_fileexists, _PATH, result=BOOL),
    "fileset": Function(_fileset, (*_PATH, Parameter("pattern", STRING)), result=set_of(STRING)),
    "pathexpand": Function(_pathexpand, _PATH, result=STRING),
    "templatefile": Function(_templatefile, (*_PATH, Parameter("vars", unknown=True))),
}
