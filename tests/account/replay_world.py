"""An account as a proof's edits leave it, and which call has which effect in IAM."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from iamgen_rules.account.index import Edit
from iamgen_rules.account.model import Account, Attachment, Group, Inline, Membership, Ref, Role, User
from iamgen_rules.account.proof import Step
from iamgen_rules.account.session import Session
from iamgen_rules.policy.document import Document
from iamgen_rules.policy.parse import parse
from iamgen_rules.policy.session import Kind

ALL = parse({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]})
REWRITE = {"iam:CreatePolicyVersion", "iam:SetDefaultPolicyVersion"}


@dataclass
class World:
    """The account as it is now, and the sessions held in it."""

    account: Account
    held: set[Session]
    edits: set[Edit] = field(default_factory=set)

    def take(self, calls: Sequence[Step]) -> None:
        """What the last of the calls brings, if they bring it."""
        for edit in calls[-1].edits:
            assert self._makes(edit, calls), (edit, calls)
            self._edit(edit)
        for session in calls[-1].brings:
            assert self._makes_somebody(session.ref, calls) or self._brings(session, calls), (session, calls)
            self.held.add(session)

    def _makes_somebody(self, ref: Ref, calls: Sequence[Step]) -> bool:
        """Whether the calls make the session's owner, who has all rights inside a boundary from then on."""
        kind, actions = ref.kind.capitalize(), {one.action for one in calls}
        if f"iam:Create{kind}" not in actions:
            return False
        gives = {f"iam:{verb}{kind}Policy" for verb in ("Attach", "Put")}
        credentials = {"iam:CreateAccessKey", "iam:CreateLoginProfile"} if kind == "User" else actions
        ((boundary, resource),) = {(_only(one, "iam:permissionsboundary"), one.resource) for one in calls}
        assert self.named(resource) is None
        if not self._exists(ref):
            own, bound = (Inline("everything", ALL),), Attachment(boundary)
            users = (*self.account.users, User(ref.name, inline=own, boundary=bound))
            roles = (*self.account.roles, Role(ref.name, Document(), inline=own, boundary=bound))
            made: dict[str, Any] = {"users": users} if kind == "User" else {"roles": roles}
            self.account = replace(self.account, **made)
        return bool(gives & actions) and bool(credentials & actions)

    def arn(self, ref: Ref) -> str:
        return self.account.arn(ref.kind, ref.name, self.holder(ref).path)

    def holder(self, ref: Ref) -> User | Group | Role:
        return next(one for one in self._all(ref.kind) if one.name == ref.name)

    def _all(self, kind: str) -> Sequence[User | Group | Role]:
        every: Mapping[str, Sequence[User | Group | Role]] = {
            "user": self.account.users,
            "group": self.account.groups,
            "role": self.account.roles,
        }
        return every[kind]

    def groups(self, ref: Ref) -> list[Ref]:
        holder = self.holder(ref)
        return [Ref("group", one.group) for one in holder.groups] if isinstance(holder, User) else []

    def named(self, arn: object) -> Ref | None:
        refs = (Ref(kind, one.name) for kind in ("user", "group", "role") for one in self._all(kind))
        return next((ref for ref in refs if self.arn(ref) == arn), None)

    def _makes(self, edit: Edit, calls: Sequence[Step]) -> bool:
        """Whether the calls have the edit as their effect."""
        kind = edit.holder.kind.capitalize()
        made = {(one.action, str(one.resource)) for one in calls}
        actions = {action for action, _ in made}
        if edit.change == "rewrite":
            return ":aws:policy/" not in edit.name and any((one, edit.name) in made for one in REWRITE)
        if edit.change == "grant":
            return self._gives(edit.holder, calls)
        own = {action for action, arn in made if self._is(edit.holder, arn)}
        if edit.change in ("join", "leave"):
            action = "iam:AddUserToGroup" if edit.change == "join" else "iam:RemoveUserFromGroup"
            return (action, self.arn(Ref("group", edit.name))) in made
        effects = {
            "detach": {f"iam:Detach{kind}Policy"},
            "delete": {f"iam:Delete{kind}Policy", f"iam:Put{kind}Policy"},
            "unbound": {f"iam:{verb}{kind}PermissionsBoundary" for verb in ("Delete", "Put")},
            "bound": {f"iam:Put{kind}PermissionsBoundary"},
            "tag": {f"iam:Tag{kind}", f"iam:Untag{kind}"},
            "rename": {"iam:UpdateUser"},
        }
        if edit.change == "detach":
            assert all(one.request.context["iam:policyarn"] == (edit.name,) for one in calls)
        if edit.change == "bound":
            assert all(one.request.context["iam:permissionsboundary"] == (edit.name,) for one in calls)
        return bool(own & effects[edit.change]) and actions <= effects[edit.change]

    def _gives(self, ref: Ref, calls: Sequence[Step]) -> bool:
        """Whether the calls give Allow `*`: on the holder or its group, by a policy that it has or nobody declares."""
        last = calls[-1]
        bearing = [one for one in (ref, *self.groups(ref)) if self._exists(one)]
        if last.action in REWRITE:
            attached = {attachment.policy for one in bearing for attachment in self.holder(one).attached}
            known = {one.arn for one in self.account.policies}
            return last.resource in attached or last.resource not in known
        if last.action == "iam:AddUserToGroup":
            return ref.kind == "user" and self.named(last.resource) is None
        kind = next((one.kind.capitalize() for one in bearing if self._is(one, str(last.resource))), "")
        if last.action == f"iam:Attach{kind}Policy":
            arn = _only(last, "iam:policyarn")
            written = {one.resource for one in calls if one.action in REWRITE}
            return arn in written or arn.endswith(":aws:policy/AdministratorAccess") or self._allows_all(arn)
        return last.action == f"iam:Put{kind}Policy"

    def _allows_all(self, arn: str) -> bool:
        """Whether a policy of the account says what AdministratorAccess does, and no more."""
        documents = [one.document.statements for one in self.account.policies if one.arn == arn]
        return [[replace(one, sid="") for one in statements] for statements in documents] == [
            [replace(one, sid="") for one in ALL.statements]
        ]

    def _exists(self, ref: Ref) -> bool:
        return any(one.name == ref.name for one in self._all(ref.kind))

    def _is(self, ref: Ref, arn: str) -> bool:
        """Whether an ARN is its own, or one that a user who may rename itself has taken."""
        renamed = Edit("rename", ref) in self.edits and ":user/" in arn and self.named(arn) is None
        return arn == self.arn(ref) or renamed

    def _brings(self, session: Session, calls: Sequence[Step]) -> bool:
        """Whether the calls have the session as their effect."""
        arn, last = self.arn(session.ref), calls[-1]
        made = {(one.action, one.resource) for one in calls}
        actions = {action for action, _ in made}
        if session.ref.kind == "role":
            if last.action == "sts:AssumeRole":
                with_mfa = last.session.kind in (Kind.MFA, Kind.ROLE_MFA)
                return last.resource == arn and session.kind is (Kind.ROLE_MFA if with_mfa else Kind.ROLE)
            if ("iam:UpdateAssumeRolePolicy", arn) in made:
                return True
            return session.kind is Kind.ROLE and (
                ("iam:PassRole", arn) in made
                or actions == {"iam:UpdateSAMLProvider"}
                or session.ref.name in {one.role for one in self.account.compute}
            )
        if session.kind is Kind.FEDERATED:
            return last.action == "sts:GetFederationToken" and last.session == Session(session.ref, Kind.ACCESS_KEY)
        reset = ("iam:UpdateLoginProfile", arn) in made
        if session.kind is Kind.MFA:
            others = all(one.session.ref != session.ref for one in calls)
            own_key = Session(session.ref, Kind.ACCESS_KEY) in self.held
            device = ("iam:EnableMFADevice", arn) in made and "iam:CreateVirtualMFADevice" in actions
            return device and others and (reset or own_key)
        if session.kind is Kind.ACCESS_KEY:
            return ("iam:CreateAccessKey", arn) in made
        holder = self.holder(session.ref)
        assert isinstance(holder, User)
        return reset or (not holder.password and ("iam:CreateLoginProfile", arn) in made)

    def _edit(self, edit: Edit) -> None:
        self.edits = {one for one in self.edits if not _is_undone(one, edit)} | {edit}
        if edit.change == "rewrite":
            policies = tuple(
                replace(one, document=ALL) if one.arn == edit.name else one for one in self.account.policies
            )
            self.account = replace(self.account, policies=policies)
            return
        holder = self.holder(edit.holder)
        field_ = f"{edit.holder.kind}s"
        changed = tuple(_edited(one, edit) if one is holder else one for one in self._all(edit.holder.kind))
        changes: dict[str, Any] = {field_: changed}
        self.account = replace(self.account, **changes)


def _is_undone(old: Edit, new: Edit) -> bool:
    """Whether a membership or a boundary is no longer what the old edit made it."""
    pairs = ({"join", "leave"}, {"bound", "unbound"}, {"bound"})
    same = old.holder == new.holder and (old.name == new.name or "join" not in (old.change, new.change))
    return same and old != new and {old.change, new.change} in pairs


def _only(step: Step, key: str) -> str:
    values = step.request.values(key)
    assert isinstance(values, tuple)
    (value,) = values
    assert isinstance(value, str)
    return value


def _edited(holder: User | Group | Role, edit: Edit) -> User | Group | Role:
    if edit.change == "grant":
        return replace(holder, inline=(*holder.inline, Inline("the attacker's own", ALL)))
    if edit.change == "detach":
        return replace(holder, attached=tuple(one for one in holder.attached if one.policy != edit.name))
    if edit.change == "delete":
        return replace(holder, inline=tuple(one for one in holder.inline if one.name != edit.name))
    if isinstance(holder, User) and edit.change == "join":
        return replace(holder, groups=(*holder.groups, Membership(edit.name)))
    if isinstance(holder, User) and edit.change == "leave":
        return replace(holder, groups=tuple(one for one in holder.groups if one.group != edit.name))
    if not isinstance(holder, Group) and edit.change in ("unbound", "bound"):
        return replace(holder, boundary=Attachment(edit.name) if edit.change == "bound" else None)
    assert edit.change in ("tag", "rename"), edit
    return holder
