"""What weakens the gate's Deny. Verdicts: SEMANTICS of condition operators, and what AWS lets in before MFA."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mutation.editing import Edit, Files, Mutation, argument, block, both, changed, dropped, into, marked, put

PRESENT, AGE = "aws:MultiFactorAuthPresent", "aws:MultiFactorAuthAge"
CONDITIONS = (
    ("Bool", PRESENT, "false"),
    ("StringEquals", PRESENT, "false"),
    ("StringEqualsIgnoreCase", PRESENT, "false"),
    ("ForAnyValue:Bool", PRESENT, "false"),
    ("ForAnyValue:BoolIfExists", PRESENT, "false"),
    ("Null", PRESENT, "true"),
    ("Null", PRESENT, "false"),
    ("BoolIfExists", PRESENT, "true"),
    ("Bool", PRESENT, "true"),
    ("StringNotEquals", PRESENT, "false"),
    ("StringEqualsIfExists", PRESENT, "true"),
    ("Null", AGE, "false"),
    ("NumericGreaterThan", AGE, "3600"),
)
FREE = (
    ("StringEquals", "aws:RequestedRegion", "eu-west-1"),
    ("StringNotEquals", "aws:RequestedRegion", "eu-west-1"),
    ("NotIpAddress", "aws:SourceIp", "10.0.0.0/8"),
    ("StringLike", "aws:UserAgent", "console*"),
    ("Bool", "aws:SecureTransport", "true"),
)
NARROWED = (
    ("resources", 'resources = ["arn:aws:s3:::*"]'),
    ("resources", 'resources = ["arn:aws:iam::*:user/*"]'),
    ("resources", 'not_resources = ["arn:aws:iam::*:role/*"]'),
    ("not_actions", 'actions = ["ec2:*", "s3:*"]'),
    ("not_actions", 'actions = ["iam:Attach*", "iam:CreateUser", "iam:Put*"]'),
)
# Whoever gets hold of another administrator may enrol a device for the first; or write a policy anew.
EXEMPT = {
    "iam:ChangePassword": "low",
    "iam:DeleteVirtualMFADevice": "low",
    "iam:CreateAccessKey": "critical",
    "iam:CreateLoginProfile": "critical",
    "iam:CreateServiceSpecificCredential": "high",
    "iam:DeactivateMFADevice": "high",
    "iam:ResetServiceSpecificCredential": "high",
    "iam:TagUser": "high",
    "iam:UntagUser": "high",
    "iam:UpdateAccessKey": "high",
    "iam:UpdateLoginProfile": "critical",
    "iam:UpdateUser": "high",
    "iam:UploadSSHPublicKey": "high",
    "iam:UploadSigningCertificate": "high",
    "sts:AssumeRole": "high",
    "sts:AssumeRoot": "high",
    "sts:GetFederationToken": "high",
    "sts:*": "high",
    "iam:*LoginProfile": "critical",
    "iam:Create*": "critical",
    "iam:*": "critical",
    "*": "critical",
}
NEEDED = ("iam:CreateVirtualMFADevice", "iam:EnableMFADevice")


@dataclass(frozen=True)
class Gate:
    """Where the gate's document is written, and what stands before its exemptions: in its Deny, or in a local."""

    file: str
    document: str
    exemptions: str = "not_actions = [\n"

    def edits(self, edit: Edit) -> Edit:
        """An edit of the Deny."""
        return block(self.document, block("statement", edit, '"Deny"'))


def weakened(files: Files, gate: Gate) -> Iterator[Mutation]:
    """All of it."""
    for name, edit in (*_conditions(), *_narrowed()):
        yield Mutation(name, changed(files, {gate.file: gate.edits(edit)}))
    for name, edit in _exemptions(gate):
        yield Mutation(name, changed(files, {gate.file: edit}))


def _conditions() -> Iterator[tuple[str, Edit]]:
    for test, variable, value in CONDITIONS:
        new = both(
            argument("test", f'"{test}"', "IAM004 critical"),
            argument("variable", f'"{variable}"'),
            argument("values", f'["{value}"]'),
        )
        yield f'{test} {variable} "{value}"', block("condition", new)


def _narrowed() -> Iterator[tuple[str, Edit]]:
    for test, variable, value in FREE:
        new = condition(test, variable, value, "IAM005 critical")
        yield f"also where {test} {variable} {value}", into(new)
    for name, new in NARROWED:
        yield f"{new} for {name}", _instead(name, f"    {new} # ! IAM005 critical\n")


def _exemptions(gate: Gate) -> Iterator[tuple[str, Edit]]:
    first = gate.exemptions
    for action, severity in EXEMPT.items():
        mark = f"IAM006 {severity}"
        if first == Gate.exemptions:
            yield f"exempt {action}", gate.edits(put(first, f'{first}      "{action}", # ! {mark}\n'))
        else:
            yield f"exempt {action}", both(put(first, f'{first}"{action}",\n'), gate.edits(marked("not_actions", mark)))
    for action in NEEDED:
        taken = re.compile(rf'(?<={re.escape(first)})((?:.*\n)*?) *"{action}",\n')
        without = _substituted(taken)
        yield f"do not exempt {action}", both(without, gate.edits(marked("statement", "IAM007 medium")))


def _substituted(pattern: re.Pattern[str]) -> Edit:
    return lambda text: pattern.sub(r"\1", text, count=1)


def _instead(name: str, new: str) -> Edit:
    """Another argument for one, be it on one line or on several."""

    def edit(text: str) -> str:
        lines = text.splitlines(keepends=True)
        first = next(number for number, line in enumerate(lines) if line.split()[:1] == [name])
        last = lines.index("    ]\n", first) if lines[first].endswith("[\n") else first
        return "".join([*lines[:first], new, *lines[last + 1 :]])

    return edit


def condition(test: str, variable: str, value: str, mark: str = "") -> str:
    """A condition block."""
    comment = f" # ! {mark}" if mark else ""
    return (
        f'    condition {{\n      test     = "{test}"{comment}\n      variable = "{variable}"\n'
        f'      values   = ["{value}"]\n    }}\n'
    )


def without_deny(files: Files, gate: Gate) -> Files:
    """The files without the Deny."""
    return changed(files, {gate.file: gate.edits(dropped)})
