"""A proof in words: who acts through what, in which session, on what; and why no gate stops it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from iamgen_rules.account.binding import Binding
from iamgen_rules.account.facts import PROBE
from iamgen_rules.account.index import Edit
from iamgen_rules.account.model import Ref, User
from iamgen_rules.account.proof import FORWARDED, Ground, Step
from iamgen_rules.account.session import Session
from iamgen_rules.gates.statements import element, is_gate
from iamgen_rules.policy.document import Condition, Statement
from iamgen_rules.policy.request import Never, Request
from iamgen_rules.policy.samples import ANOTHER, OTHER
from iamgen_rules.policy.session import Kind
from iamgen_rules.policy.statement import Part
from iamgen_rules.policy.targets import MADE_UP
from iamgen_rules.policy.text import Text, missing_of, parts_of
from iamgen_rules.rule import Line
from iamgen_rules.source import Place
from iamgen_rules.subject import Subject

_SESSIONS: Mapping[Kind, str] = {
    Kind.ACCESS_KEY: "with an access key",
    Kind.NO_MFA: "in the console without MFA",
    Kind.MFA: "with MFA",
    Kind.FEDERATED: "as a federated user",
    Kind.ROLE: "in role {}",
    Kind.ROLE_MFA: "in role {}, entered with MFA",
}
_CHANGES: Mapping[str, str] = {
    "grant": "{holder} is allowed everything",
    "join": "{holder} is put into group {name}",
    "leave": "{holder} has left group {name}",
    "detach": "{name} is detached from {holder}",
    "delete": "{name} of {holder} is deleted",
    "unbound": "the boundary of {holder} is gone",
    "bound": "{name} is the boundary of {holder}",
    "rewrite": "{name} is rewritten to allow everything",
    "tag": "{holder} has whatever tags it needs",
    "rename": "{holder} has whatever name it needs",
}


def told(subject: Subject, steps: tuple[Step, ...]) -> tuple[Line, ...]:
    """A proof as lines, the first of each kind of step only: what says nothing new is left out."""
    lines: dict[Line, None] = {}
    seen: set[tuple[object, ...]] = set()
    for step in steps:
        key = (step.session, step.before, *(ground.cited.statement for ground in (*step.allows, *_gates(step))))
        if key not in seen or step.brings or step.edits:
            seen.add(key)
            lines |= dict.fromkeys(_step(subject, step))
    return tuple(lines)


def _step(subject: Subject, step: Step) -> Iterator[Line]:
    main = next(iter(step.allows), None)
    if main is not None and step.session.ref.kind == "user":
        yield chain(subject, step.session.ref, main.binding)
    allowed = "" if main is None else f" is allowed by {_among(step.allows)}"
    end = ";" if _gates(step) else ""
    what = "CloudFormation may be made to make calls: " if step.what == FORWARDED else ""
    through = " through CloudFormation" if ("cloudformation.amazonaws.com",) in _via(step.request) else ""
    chosen = "".join(f", {one}" for one in choices(step))
    call = f"{in_session(step.session)}{chosen}, {what}{called(subject, step)}{through}{allowed}{end}"
    yield Line(call, None if main is None else stands(main))
    for ground in _gates(step):
        yield Line(unmet(ground, step.request), stands(ground))
    for edit in step.edits:
        yield Line(f"then {changed(edit)}")


def stands(ground: Ground) -> Place:
    """Where a statement is written; where nobody wrote it here, as in AWS's policies, what puts it in force."""
    place = ground.binding.place_of(ground.cited.statement)
    return place if place.span is not None or ground.binding.origin is not None else ground.binding.place


def _via(request: Request) -> tuple[object, ...]:
    return (request.context.get("aws:calledvia"),)


def _gates(step: Step) -> tuple[Ground, ...]:
    return tuple(one for one in step.denies if is_gate(one.cited.statement) and not one.cited.applies.is_yes)


def in_session(session: Session) -> str:
    """`with an access key`, `in role ops`."""
    return _SESSIONS[session.kind].format(session.ref.name)


def in_words(kind: Kind) -> str:
    """A kind of session of a user: `with an access key`."""
    return _SESSIONS[kind]


def called(subject: Subject, step: Step) -> str:
    """The call: `iam:CreateUser on user bob`; of a made-up action `any action on any resource`."""
    if step.action == PROBE:
        return "any action on any resource"
    itself = step.resource == subject.judge.index.arn(step.session.ref)
    return f"{step.action} on {'itself' if itself else shown(step.resource)}"


def shown(resource: Text) -> str:
    """A resource in few words: `role ops`, `any role`, `*`."""
    text = shortened(resource)
    kind, mark, name = text.partition("/")
    name = name.rpartition("/")[2]
    if not mark or ":" in text:
        return text
    return f"any {kind}" if name == MADE_UP else f"{kind} {name}"


def shortened(text: Text) -> str:
    """An ARN of IAM without its account, AWS's policies by their names, with `?` for what is not known."""
    known = "".join(part if isinstance(part, str) else "?" for part in parts_of(text))
    parts = known.split(":", 5)
    if len(parts) < 6 or parts[2] != "iam":
        return known
    return parts[5]


def policy_name(binding: Binding) -> str:
    """A policy by its own name: `AdministratorAccess`, `the trust of role ops`."""
    name = shortened(binding.label)
    return name.rpartition("/")[2] if name.startswith("policy/") else name


def _among(allows: tuple[Ground, ...]) -> str:
    names = dict.fromkeys(policy_name(one.binding) for one in allows if one.cited.applies.is_yes) or dict.fromkeys(
        policy_name(one.binding) for one in allows
    )
    return " and ".join(names)


def at(place: Place) -> str:
    """` (mfa.tf:30)`, or nothing where no file is known."""
    if not place.document:
        return ""
    return f" ({place.document}:{place.span.line})" if place.span else f" ({place.document})"


def chain(subject: Subject, ref: Ref, binding: Binding) -> Line:
    """`alice → group admins (groups.tf:4) → AdministratorAccess (groups.tf:20)`."""
    user = subject.judge.index.users.get(ref.name)
    start = ref.name
    if binding.holder.kind == "group" and isinstance(user, User):
        place = next((one.place for one in user.groups if one.group == binding.holder.name), Place(""))
        fresh = ref not in subject.judgements
        start = f"group {binding.holder.name}" if fresh else f"{start} → group {binding.holder.name}{at(place)}"
    what = policy_name(binding)
    return Line(f"{start} → {what}{at(binding.place)}", binding.place)


def named(binding: Binding, statement: Statement) -> str:
    """A statement by its Sid, else as the policy's: `DenyWithoutMFA`, `statement 2 of require-mfa`."""
    return statement.sid or f"{statement.name} of {policy_name(binding)}"


def unmet(ground: Ground, request: Request) -> str:
    """Why a statement does not apply to a request."""
    statement, part = ground.cited.statement, ground.cited.because
    where = f"{named(ground.binding, statement)}{at(ground.binding.place_of(statement))}"
    if ground.cited.applies.is_yes or part is None:
        return f"{where} applies"
    verb = "does not apply" if ground.cited.applies.is_no else "may not apply"
    return f"{where} {verb}: {_because(statement, part, request)}"


def _because(statement: Statement, part: Part, request: Request) -> str:
    if part.fits.is_unknown:
        return f"{', '.join(sorted(part.fits.missing))} is not known"
    if part.condition is not None:
        return _condition(part.condition, request)
    if part.what == "Action":
        name = element(statement, "Action")
        action = "the action" if request.action == PROBE else request.action
        return f"{name} exempts {action}" if statement.actions.inverted else f"{name} does not name {action}"
    if part.what == "Resource":
        name = element(statement, "Resource")
        return f"{name} {'exempts' if statement.resources.inverted else 'does not match'} {shown(request.resource)}"
    return f"{part.what} does not match"


def _condition(condition: Condition, request: Request) -> str:
    key = condition.spelling or condition.key
    return f"{condition.name} is false when {key} {_value(request, condition.key)}"


def _value(request: Request, key: str) -> str:
    held = request.values(key)
    if held is None:
        return "is absent"
    if not isinstance(held, tuple):
        return "cannot be read" if isinstance(held, Never) else "is not known"
    known = [str(one) for one in held]
    return "has another value" if known in ([OTHER], [ANOTHER]) else f"is {' and '.join(known)}"


def choices(step: Step) -> Iterator[str]:
    """The keys that the caller chooses, as far as a statement that decides reads them."""
    deciding = (*step.allows, *step.denies)
    conditions = {one.key: one for ground in deciding for one in ground.cited.statement.conditions}
    for key, condition in sorted(conditions.items()):
        held = step.request.context.get(key)
        if isinstance(held, tuple) and held and key not in _FIXED and not missing_of(held[0]):
            value = f"is {held[0]}" if held[0] not in (OTHER, ANOTHER) else "has another value"
            yield f"where {condition.spelling or key} {value}"


_FIXED = frozenset({"aws:multifactorauthpresent", "aws:multifactorauthage", "aws:viaawsservice", "aws:calledvia"})


def changed(edit: Edit) -> str:
    """What was changed: `require-mfa is detached from user alice`."""
    name = shortened(edit.name).rpartition("/")[2]
    return _CHANGES[edit.change].format(holder=edit.holder, name=name)
