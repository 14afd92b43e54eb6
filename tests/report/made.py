"""Reports made by hand, for every format."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import Any

from iamgen_rules.account.model import Kind
from iamgen_rules.account.verdict import Class, Verdict
from iamgen_rules.engine.report import Broken, Finding, Principal, Report, Silenced
from iamgen_rules.errors import Problem
from iamgen_rules.rule import Edit, Fix, Line, Rule, Severity
from iamgen_rules.source import Place, Span
from iamgen_rules.subject import Subject, Who

GATE = """\
data "aws_iam_policy_document" "mfa" {
  statement {
    sid         = "DenyWithoutMFA"
    effect      = "Deny"
    not_actions = ["iam:CreateVirtualMFADevice", "iam:EnableMFADevice"]
    resources   = ["*"]
    condition {
      test     = "Bool"
      variable = "aws:MultiFactorAuthPresent"
      values   = ["false"]
    }
  }
}
"""
USERS = """\
resource "aws_iam_user" "alice" {
  name = "alice"
}

resource "aws_iam_user" "bob" {
  name = "bob"
}
"""
TEXTS = {"mfa.tf": GATE, "users.tf": USERS}
PAGE = """\
An MFA condition lets sessions through.

## Why

`Bool` is false where the key is absent.

## Fails

```hcl
test = "Bool" # ! IAM004
```

## Fix

Use BoolIfExists.

## References

- [IAM JSON policy elements](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html)
"""


def place(document: str, text: str, within: str = "", address: str = "", after: int = 0) -> Place:
    """The place of a text in a document, which is one of `TEXTS` unless its own text is given."""
    whole = within or TEXTS[document]
    start = whole.index(text, after)
    line, end_line = whole.count("\n", 0, start) + 1, whole.count("\n", 0, start + len(text)) + 1
    span = Span(start, start + len(text), line, start - whole.rfind("\n", 0, start), end_line)
    return Place(document, address, span)


def at(document: str, line: int, column: int = 1) -> Place:
    """A place in a document whose text nobody has."""
    return Place(document, "", Span(0, 1, line, column, line))


def who(name: str, where: Place, kind: Kind = "user", root: str = ".") -> Who:
    return Who(kind, name, f"aws_iam_{kind}.{name}", where, root)


ALICE = who("alice", place("users.tf", 'resource "aws_iam_user" "alice"'))
BOB = who("bob", place("users.tf", 'resource "aws_iam_user" "bob"'))


def principal(one: Who, klass: Class = "full", verdict: Verdict = "ungated", unknowns: Sequence[str] = ()) -> Principal:
    return Principal(one.kind, one.name, one.address, klass, verdict, tuple(unknowns), one.place, one.root, "aws")


def rule(code: str, name: str, severity: Severity, page: str = PAGE) -> Rule:
    def find(_: Subject) -> Any:
        return iter(())

    return Rule(code, name, severity, page, find)


RULES = {
    one.code: one
    for one in (
        rule("IAM001", "admin-user-without-mfa", "critical"),
        rule("IAM004", "mfa-condition-misses-sessions", "high"),
        rule("IAM011", "admin-standing", "low"),
        rule("IAM016", "mfa-gate-undecided", "medium"),
    )
}


def finding(code: str = "IAM001", where: Place | None = None, *principals: Who, **more: Any) -> Finding:
    """A finding of a rule; its fingerprint is made of its code and place."""
    found = where if where is not None else ALICE.place
    known: dict[str, Any] = {
        "name": RULES[code].name,
        "severity": RULES[code].severity,
        "message": "nothing asks an administrator for MFA",
        "reason": (),
        "fix": None,
        "fingerprint": sha256(f"{code} {found!r}".encode()).hexdigest()[:32],
    }
    return Finding(code=code, place=found, principals=principals, **(known | more))


TEST = place("mfa.tf", '"Bool"')
EXAMPLE = finding(
    "IAM004",
    place("mfa.tf", 'test     = "Bool"'),
    ALICE,
    BOB,
    severity="critical",
    message="the MFA condition misses access keys: 2 administrators act without MFA",
    reason=(
        Line("alice → group admins (groups.tf:4) → AdministratorAccess (groups.tf:20)", at("groups.tf", 4, 3)),
        Line("with an access key, iam:CreateUser on * is allowed by AdministratorAccess;", at("groups.tf", 20, 3)),
        Line(
            "DenyWithoutMFA does not apply: Bool is false when aws:MultiFactorAuthPresent is absent",
            place("mfa.tf", "DenyWithoutMFA"),
        ),
    ),
    fix=Fix("use BoolIfExists", TEST, (Edit("mfa.tf", TEST.span.start, TEST.span.end, '"BoolIfExists"'),))
    if TEST.span
    else None,
)


def report(findings: Iterable[Finding] = (), principals: Iterable[Principal] = (), **more: Any) -> Report:
    known: dict[str, Any] = {"rules": RULES, "files": 2, "roots": (".",), "texts": TEXTS}
    return Report("0.1.0", findings=tuple(findings), principals=tuple(principals), **(known | more))


def nowhere(name: str) -> Who:
    return Who("user", name, f"module.iam.aws_iam_user.this[{name!r}]", Place(""))


HOSTILE = "a\x1b[31m\n::error::x\u202e<b>&amp;|`]]>%0A\x00\ud800\ufffe --> \"'"


def _many() -> Report:
    users = [who(f"user{number}", at("users.tf", 4 * number + 1)) for number in range(60)]
    findings = [finding("IAM001", at("grants.tf", 7 * n + 1), *users[3 * n : 3 * n + 3]) for n in range(20)]
    return report(findings, [principal(one) for one in users])


def _roots() -> Report:
    of = [who("alice", at(f"{root}/users.tf", 1), root=root) for root in ("prod", "test")]
    shared = finding("IAM001", at("modules/iam/main.tf", 3), *of, root="prod")
    return report([shared], [principal(one) for one in of], roots=("prod", "test", "empty"))


def _hostile() -> Report:
    bad = Who("user", HOSTILE, HOSTILE, Place(HOSTILE, HOSTILE, Span(0, 3, 1, 1, 1)))
    found = finding(
        "IAM001",
        bad.place,
        bad,
        BOB,
        message=HOSTILE,
        reason=(Line(HOSTILE, bad.place),),
        fix=Fix(HOSTILE, bad.place, (Edit(HOSTILE, 0, 3, HOSTILE),)),
        root=HOSTILE,
    )
    hidden = finding("IAM011", at(HOSTILE, 9), bad, suppressed=Silenced(HOSTILE, bad.place))
    return report(
        [found, hidden],
        [principal(bad), principal(BOB, verdict="undecided", unknowns=[HOSTILE])],
        errors=(Problem(bad.place, HOSTILE),),
        stale=(Problem(bad.place, HOSTILE),),
        uninstalled=(HOSTILE,),
        roots=(".", HOSTILE),
        texts={HOSTILE: HOSTILE},
        broken=(Broken("IAM004", "mfa-condition-misses-sessions", HOSTILE, "x.py:1"),),
    )


REPORTS: dict[str, Report] = {
    "nothing found": report((), [principal(ALICE, verdict="gated"), principal(BOB, "none", "not-admin")]),
    "no principals": report(),
    "example": report(
        [EXAMPLE], [principal(ALICE), principal(BOB), principal(who("ci", at("ci.tf", 1)), "none", "not-admin")]
    ),
    "many": _many(),
    "suppressed": report(
        [finding("IAM001", None, ALICE, suppressed=Silenced("break glass", at("users.tf", 1)))], [principal(ALICE)]
    ),
    "baseline": report([finding("IAM001", None, ALICE, baseline=True)], [principal(ALICE)]),
    "null places": report(
        [
            finding("IAM001", Place("plan.json", "aws_iam_user.x"), nowhere("x")),
            finding("IAM016", Place(""), nowhere("y")),
        ],
        [principal(nowhere("x")), principal(nowhere("y"), verdict="undecided", unknowns=["var.policy"])],
        texts=None,
    ),
    "several roots": _roots(),
    "errors": report(
        [EXAMPLE],
        [principal(ALICE), principal(BOB, verdict="undecided", unknowns=["var.a", "var.b"])],
        errors=(Problem(at("bad.tf", 3, 7), "a syntax error"), Problem(Place("gone.tf"), "cannot be read")),
        stale=(Problem(at("users.tf", 9), "suppresses nothing"),),
        uninstalled=("git::https://example.com/iam.git",),
    ),
    "broken": report(broken=(Broken("IAM004", "mfa-condition-misses-sessions", "KeyError: 'x'", "faults.py:12"),)),
    "hostile": _hostile(),
}
