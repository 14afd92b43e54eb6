"""A proof in words: who acts through what, in which session, on what; and why no gate stops it."""

from __future__ import annotations

from collections.abc import Iterator

from iamgen_rules.account.binding import Binding
from iamgen_rules.account.facts import PROBE
from iamgen_rules.account.model import Ref, User
from iamgen_rules.account.proof import FORWARDED, Ground, Step
from iamgen_rules.account.verdict import FRESH
from iamgen_rules.gates.naming import at, changed, in_session, known_as, named, policy_name, shortened, shown, stands
from iamgen_rules.gates.statements import element, is_gate, mfa_conditions
from iamgen_rules.policy.document import Condition, Statement
from iamgen_rules.policy.keys import AGE, PRESENT, PRINCIPAL_ARN, USERNAME, of_caller
from iamgen_rules.policy.request import Never, Request
from iamgen_rules.policy.samples import ANOTHER, OTHER
from iamgen_rules.policy.statement import Part
from iamgen_rules.policy.text import missing_of
from iamgen_rules.rule import Line
from iamgen_rules.source import Place
from iamgen_rules.subject import Subject

_THEN = "then "


def told(subject: Subject, steps: tuple[Step, ...]) -> tuple[Line, ...]:
    """A proof as lines, the first of each kind of step only: what says nothing new is left out."""
    lines: dict[Line, None] = {}
    seen: set[tuple[object, ...]] = set()
    for step in steps:
        cited = (ground.cited.statement for ground in (*step.allows, *_gates(step)))
        key = (step.session, step.before, _is_forwarded(step), *cited)
        if key not in seen or step.brings or step.edits:
            seen.add(key)
            lines |= dict.fromkeys(_concluded([line for line in _step(subject, step) if line not in lines]))
    return tuple(lines)


def _concluded(lines: list[Line]) -> Iterator[Line]:
    """Nothing is announced whose continuation has been said before."""
    for line, following in zip(lines, [*lines[1:], None], strict=True):
        goes_on = following is not None and not following.text.startswith(_THEN)
        yield line if goes_on else line._replace(text=line.text.removesuffix(";"))


def _step(subject: Subject, step: Step) -> Iterator[Line]:
    main = next(iter(step.allows), None)
    own = main is not None and main.binding.how != "grant" and step.session.ref.kind == "user"
    first = chain(subject, step.session.ref, main.binding) if main is not None and own else None
    if first is not None:
        yield first
    place = None if main is None or main.binding.how == "grant" else stands(main)
    place = None if first is not None and place == first.place else place
    where = "" if place is None else at(place)
    allowed = "" if main is None else f" is allowed by {_among(step.allows)}{where}"
    gates = _gates(step)
    yield Line(f"{_situation(subject, step)}{allowed}{';' if gates else ''}", place)
    yield from (Line(_met(one, step.request), stands(one)) for one in step.allows if _asks(one))
    yield from (Line(unmet(one, step.request), stands(one)) for one in gates)
    yield from (Line(f"{_THEN}{changed(edit)}") for edit in step.edits)


def _asks(ground: Ground) -> bool:
    return bool(mfa_conditions(ground.cited.statement)) and ground.cited.applies.is_yes


def _met(ground: Ground, request: Request) -> str:
    """Why an Allow that asks for MFA is met."""
    condition = mfa_conditions(ground.cited.statement)[0]
    where = f"{named(ground.binding, ground.cited.statement)}{at(stands(ground))}"
    key = condition.spelling or condition.key
    return f"{where} applies: {condition.name} is true when {key} {_value(request, condition.key)}"


def _situation(subject: Subject, step: Step) -> str:
    """In which session, with which keys chosen, which call."""
    forwards = ", which lets CloudFormation make calls," if step.what == FORWARDED else ""
    through = " through CloudFormation" if _is_forwarded(step) else ""
    chosen = "".join(f", {one}" for one in choices(step))
    return f"{in_session(step.session)}{chosen}, {called(subject, step)}{through}{forwards}"


def _is_forwarded(step: Step) -> bool:
    return bool(step.request.context.get("aws:calledvia"))


def _gates(step: Step) -> tuple[Ground, ...]:
    return tuple(one for one in step.denies if is_gate(one.cited.statement) and not one.cited.applies.is_yes)


def called(subject: Subject, step: Step) -> str:
    """The call: `iam:CreateUser on user bob`; of a made-up action `any action on any resource`."""
    if step.action == PROBE:
        return "any action on any resource"
    itself = step.resource == subject.judge.index.arn(step.session.ref)
    return f"{step.action} on {'itself' if itself else shown(step.resource)}"


def _among(allows: tuple[Ground, ...]) -> str:
    names = dict.fromkeys(policy_name(one.binding) for one in allows if one.cited.applies.is_yes) or dict.fromkeys(
        policy_name(one.binding) for one in allows
    )
    return " and ".join(names)


def chain(subject: Subject, ref: Ref, binding: Binding) -> Line:
    """`alice → group admins (groups.tf:4) → AdministratorAccess (groups.tf:20)`."""
    user = subject.judge.index.users.get(ref.name)
    start = known_as(ref) if ref.kind == "role" or ref.name.startswith(FRESH) else ref.name
    if binding.holder.kind == "group" and isinstance(user, User):
        place = next((one.place for one in user.groups if one.group == binding.holder.name), Place(""))
        fresh = ref.name.startswith(FRESH)
        start = str(binding.holder) if fresh else f"{start} → {binding.holder}{at(place)}"
    return Line(f"{start} → {policy_name(binding)}{at(binding.place)}", binding.place)


def unmet(ground: Ground, request: Request) -> str:
    """Why a statement does not apply to a request."""
    statement, cause = ground.cited.statement, because(ground, request)
    where = f"{named(ground.binding, statement)}{at(ground.binding.place_of(statement))}"
    if not cause:
        return f"{where} applies"
    verb = "does not apply" if ground.cited.applies.is_no else "may not apply"
    return f"{where} {verb}: {cause}"


def because(ground: Ground, request: Request) -> str:
    """The part of a statement that does not fit a request, and why; empty where it applies."""
    part = ground.cited.because
    return "" if ground.cited.applies.is_yes or part is None else _because(ground.cited.statement, part, request)


def _because(statement: Statement, part: Part, request: Request) -> str:
    if part.fits.is_unknown:
        return f"{', '.join(sorted(part.fits.missing))} is not known"
    if part.condition is not None:
        return _condition(part.condition, request)
    if part.what == "Action":
        name = element(statement, "Action")
        action = "every action" if request.action == PROBE else request.action
        return f"{name} exempts {action}" if statement.actions.inverted else f"{name} does not name {action}"
    if part.what == "Resource":
        name = element(statement, "Resource")
        resource = "every resource" if request.action == PROBE else shown(request.resource)
        return f"{name} {'exempts' if statement.resources.inverted else 'does not match'} {resource}"
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
    """The keys that the caller chooses, or has made what they are, as far as a statement that decides reads them."""
    conditions = {one.key: one for ground in (*step.allows, *step.denies) for one in ground.cited.statement.conditions}
    for key, condition in sorted(conditions.items()):
        held = step.request.context.get(key)
        if isinstance(held, tuple) and held and not _is_fixed(key, step) and not missing_of(held[0]):
            value = f"is {shortened(held[0])}" if held[0] not in (OTHER, ANOTHER) else "has another value"
            yield f"where {condition.spelling or key} {value}"


def _is_fixed(key: str, step: Step) -> bool:
    """Whether the session says it, and nothing was changed of the caller."""
    labels = of_caller(key) or key in (PRINCIPAL_ARN, USERNAME)
    relabelled = any(edit.change in ("tag", "rename") for edit in step.before)
    return key in _OF_SESSION or (labels and not relabelled)


_OF_SESSION = frozenset(
    {PRESENT, AGE, "aws:viaawsservice", "aws:calledvia", "aws:calledviafirst", "aws:calledvialast"}
    | {"aws:currenttime", "aws:epochtime", "aws:tokenissuetime"}
    | {"aws:principalaccount", "aws:principalisawsservice", "aws:principaltype"}
)
