"""What takes the gate off somebody, or gives rights to whom it is not on; beside the rendered file, too."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mutation.editing import Edit, Files, Mutation, added, argument, block, both, changed, dropped, marked, put

MAIN, HOUSE = "main.tf", "house.tf"
ADMINISTRATOR = "arn:aws:iam::aws:policy/AdministratorAccess"
OWN, ADMINS = 'resource "aws_iam_user_policy_attachment" "own"', "admins_policies"
GATES = ("admins_require_mfa", "ops_require_mfa", "require_mfa")
ROLES = ("OpsSudo", "deploy")


def gate(name: str) -> str:
    """The header of a gate's attachment."""
    kind = "user" if name == "require_mfa" else "group"
    return f'resource "aws_iam_{kind}_policy_attachment" "{name}"'


def own(mark: str) -> dict[str, Edit]:
    """A finding at the administrators' own attachments."""
    return {HOUSE: block(OWN, marked("policy_arn", mark))}


def group_of(mark: str) -> Edit:
    """A finding at the attachment of AdministratorAccess to the group."""
    return block(f'resource "aws_iam_group_policy_attachment" "{ADMINS}"', marked("policy_arn", mark))


WITHOUT_GATE: dict[str, dict[str, Edit]] = {
    "admins_require_mfa": {MAIN: group_of("IAM002 critical admins alice")},
    "ops_require_mfa": own("IAM001 critical bob"),
    "require_mfa": own("IAM001 critical eve"),
}


def taken_off(files: Files) -> Iterator[Mutation]:
    """The gate, off each of whom it is on; and its members out of a group."""
    for name, marks in WITHOUT_GATE.items():
        # What is the last to close names every gate; without it there would be a reference to nothing.
        off = both(_forgotten(name), block(gate(name), dropped), marks.get(MAIN, both()))
        yield Mutation(f"no {name}", changed(files, {**marks, MAIN: off}))
    out = block('resource "aws_iam_user_group_membership" "ops"', put('["bob"]', "[]"))
    yield Mutation("bob leaves ops", changed(files, {MAIN: out, **own("IAM001 critical bob")}))
    none = both(*(both(_forgotten(name), block(gate(name), dropped)) for name in GATES))
    unattached = block('resource "aws_iam_policy" "require_mfa"', marked("resource", "IAM009 medium"))
    marks = {MAIN: both(none, group_of("IAM002 critical admins alice"), unattached), **own("IAM001 critical bob eve")}
    yield Mutation("no gate on anybody", changed(files, marks))


def _forgotten(name: str) -> Edit:
    """No line of `terraform_data.gates` about a gate."""
    pattern = re.compile(rf"^ *(?:\[for one in )?aws_iam_\w+_attachment\.{name}(?:\.id| : one\.id\]),\n", re.MULTILINE)

    def edit(text: str) -> str:
        assert len(pattern.findall(text)) == 1
        return pattern.sub("", text)

    return edit


def given(files: Files) -> Iterator[Mutation]:
    """Rights to somebody without the gate, a key to an administrator, the gate to a role."""
    for policy, user, group in (
        ("AdministratorAccess", "IAM001 critical guest", "IAM002 critical visitors guest"),
        ("IAMFullAccess", "IAM010 critical guest", "IAM010 critical visitors guest"),
    ):
        yield _beside(files, f"{policy} to a user", _attached("user", "guest", policy, user))
        yield _beside(files, f"{policy} to a group", _attached("group", "visitors", policy, group))
    for policy in ("AdministratorAccess", "IAMFullAccess"):
        role = both(
            block(
                'resource "aws_iam_role_policy_attachment" "deploy"',
                argument("policy_arn", f'"arn:aws:iam::aws:policy/{policy}"'),
            ),
            put("Statement = [{", "Statement = [{ # ! IAM003 critical"),
        )
        yield Mutation(f"{policy} to a role", changed(files, {HOUSE: role}))
    on_role = _attachment("role", "OpsSudo", "aws_iam_policy.require_mfa.arn", "IAM008 high OpsSudo")
    yield _beside(files, "the gate on a role", on_role)
    key = 'resource "aws_iam_access_key" "bob" { # ! IAM012 high bob\n  user = aws_iam_user.this["bob"].name\n}\n'
    yield _beside(files, "a key of an administrator", key)


def given_power(files: Files) -> Iterator[Mutation]:
    """Power without the gate, where no role turns it into more."""
    yield _beside(files, "power to a user", _attached("user", "guest", "PowerUserAccess", "IAM015 medium guest"))
    visitors = _attached("group", "visitors", "PowerUserAccess", "IAM015 medium visitors guest")
    yield _beside(files, "power to a group", visitors)


def owned(files: Files) -> Iterator[Mutation]:
    """A second owner, who takes away what the rendered file says: the gate, or what brings it."""
    members = '\nresource "aws_iam_group_membership" "ops" {\n  name  = "ops"\n  group = "ops"\n  users = []\n}\n'
    membership = block('resource "aws_iam_user_group_membership" "ops"', marked("groups", "IAM014 medium bob"))
    yield Mutation(
        "a second owner of a group's members",
        changed(files, {MAIN: membership, HOUSE: both(own("IAM001 critical bob")[HOUSE], added(members))}),
    )
    policies = (
        '\nresource "aws_iam_user_policy_attachments_exclusive" "eve" {\n  user_name   = "eve"\n'
        f'  policy_arns = ["{ADMINISTRATOR}"]\n}}\n'
    )
    attachment = block(gate("require_mfa"), marked("policy_arn", "IAM014 medium eve"))
    yield Mutation(
        "a second owner of a user's policies",
        changed(files, {MAIN: attachment, HOUSE: both(own("IAM001 critical eve")[HOUSE], added(policies))}),
    )
    yield Mutation("a second owner of the gate", changed(files, _second_owner_of_the_gate()))


def _second_owner_of_the_gate() -> dict[str, Edit]:
    owner = (
        '\nresource "aws_iam_policy_attachment" "gate" {\n  name       = "gate"\n  groups     = ["machines"]\n'
        "  policy_arn = aws_iam_policy.require_mfa.arn\n}\n"
    )
    gates = both(*(block(gate(name), marked("policy_arn", "IAM014 medium")) for name in GATES))
    own_ = own("IAM001 critical bob eve")[HOUSE]
    return {MAIN: both(gates, group_of("IAM002 critical admins alice")), HOUSE: both(own_, added(owner))}


def unknown(files: Files) -> Iterator[Mutation]:
    """A gate of which nobody knows whether it is there."""
    counted = put("  group ", "  count = var.enforced ? 1 : 0\n  group ")
    new = block(gate("admins_require_mfa"), both(counted, marked("policy_arn", "IAM016 medium admins alice")))
    variable = '\nvariable "enforced" {\n  type = bool\n}\n'
    yield Mutation("a gate where a variable says so", changed(files, {MAIN: new, HOUSE: added(variable)}))


def _beside(files: Files, name: str, text: str) -> Mutation:
    return Mutation(name, changed(files, {HOUSE: added(text)}))


def _attached(kind: str, name: str, policy: str, mark: str) -> str:
    return _attachment(kind, name, f'"arn:aws:iam::aws:policy/{policy}"', mark)


def _attachment(kind: str, name: str, policy: str, mark: str) -> str:
    return (
        f'resource "aws_iam_{kind}_policy_attachment" "elsewhere" {{\n'
        f'  {kind} = "{name}"\n  policy_arn = {policy} # ! {mark}\n}}\n'
    )
