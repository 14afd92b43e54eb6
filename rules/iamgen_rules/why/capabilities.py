"""What a principal can do in each of its sessions: a row for each capability."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, partial

from iamgen_rules.account.calls import Call
from iamgen_rules.account.entering import Entering
from iamgen_rules.account.facts import ASSUME, CREATE_DEVICE, ENABLE_DEVICE
from iamgen_rules.account.gains import federated
from iamgen_rules.account.hands import Calls, Hands, World, together
from iamgen_rules.account.model import Ref, Role
from iamgen_rules.account.reach import Aim, perhaps, reach, surely
from iamgen_rules.account.rights import power
from iamgen_rules.account.session import OF_ROLE, OF_USER, Session
from iamgen_rules.account.targets import declared, made_up, to_enter
from iamgen_rules.account.trace import certainty
from iamgen_rules.account.verdict import Starts, judged_as
from iamgen_rules.policy.escalation import paths
from iamgen_rules.policy.session import Kind
from iamgen_rules.policy.truth import NO, YES, Truth
from iamgen_rules.subject import Subject
from iamgen_rules.why.answer import Cell, Row
from iamgen_rules.why.entry import entered
from iamgen_rules.why.escalations import OUTSIDE, Open, again, open_paths

_ENTERABLE = ("full", "escalation", "assume", "unknown")


@dataclass(eq=False)
class Capabilities:
    """The rows of one principal. `caller` is whose sessions are asked about: of a group a fresh member's."""

    subject: Subject
    ref: Ref

    def __post_init__(self) -> None:
        """Find out whose sessions there are."""
        self.asker = self.subject.judge.asker
        self.caller, self.edits = judged_as(self.subject.judge.index, self.ref)
        self.starts = Starts(self.caller, self.edits, OF_ROLE if self.ref.kind == "role" else OF_USER)

    @cached_property
    def sessions(self) -> Mapping[Kind, Truth]:
        """The kinds of session, and whether there is one: a federated one only where it may be asked for."""
        found = dict.fromkeys(self.starts.kinds, YES)
        if self.ref.kind == "role":
            return found
        key = Hands(self.asker, World(frozenset({Session(self.caller, Kind.ACCESS_KEY)}), self.edits))
        truth = next((move.truth for move in federated(key)), NO)
        return found if truth.is_no else {**found, Kind.FEDERATED: truth}

    def rows(self) -> tuple[Row, ...]:
        """All of them."""
        return tuple(self._rows())

    def _rows(self) -> Iterator[Row]:
        yield Row(
            "administrator", "administrator, by any way", self._each(lambda kind: Cell(self._administrator[kind]))
        )
        yield Row("full", "full rights: power and an escalation", self._each(lambda kind: self._full[kind]))
        yield Row("power", "power: any action on anything", self._each(self._power))
        yield from self._paths()
        yield from self._entries()
        if self.ref.kind != "role":
            yield Row("enrol", "enrol an own MFA device", self._each(self._enrol))

    def _each(self, ask: Callable[[Kind], Cell]) -> Mapping[Kind, Cell]:
        found: dict[Kind, Cell] = {}
        for kind, there in self.sessions.items():
            cell = ask(kind)
            found[kind] = Cell(cell.truth & there, cell.calls)
        return found

    def _session(self, kind: Kind) -> Session:
        return Session(self.caller, kind)

    @cached_property
    def _users(self) -> bool:
        """Whether only the takeover of undeclared users makes it an administrator."""
        return self.subject.judge.administrator(self.starts)[0]

    @cached_property
    def _administrator(self) -> Mapping[Kind, Truth]:
        """Whether each session by itself leads to full rights."""
        return {kind: self._reaches(kind) for kind in self.sessions}

    def _reaches(self, kind: Kind) -> Truth:
        start = World(frozenset({self._session(kind)}), self.edits)
        maybe = certainty(reach(self.asker, start, Aim(perhaps, users=self._users)))
        if not maybe.is_unknown:
            return maybe
        return maybe | certainty(reach(self.asker, start, Aim(surely, users=self._users)))

    @cached_property
    def _full(self) -> Mapping[Kind, Cell]:
        judge = self.subject.judge
        return {
            kind: Cell(judge.full(self.starts, kind, users=self._users), self._power(kind).calls)
            for kind in self.sessions
        }

    def _power(self, kind: Kind) -> Cell:
        return Cell(*power(self.asker, self._session(kind), self.edits))

    def _enrol(self, kind: Kind) -> Cell:
        """A virtual device is made, then put on the user ("Enabling a virtual MFA device", IAM User Guide)."""
        session = self._session(kind)
        hands = Hands(self.asker, World(frozenset({session}), self.edits))
        devices = made_up(self.asker, session, (CREATE_DEVICE,), "mfa", self.edits)
        made = hands.may(CREATE_DEVICE, devices)
        put = hands.may(ENABLE_DEVICE, [declared(self.asker.index, self.caller)])
        tried: Calls = (Call(session, CREATE_DEVICE, devices[0]),) if devices else ()
        tried += (Call(session, ENABLE_DEVICE, declared(self.asker.index, self.caller)),)
        truth, calls = together((made, put))
        return Cell(truth, calls or tried)

    def _paths(self) -> Iterator[Row]:
        """The paths that are open to a session without full rights: who has those, or may, needs no other."""
        found: dict[Kind, Mapping[str, Open]] = {}
        for kind in self.sessions:
            needless = self._administrator[kind].is_no or not self._full[kind].truth.is_no
            session = self._session(kind)
            found[kind] = {} if needless else open_paths(self.asker, session, self.edits, users=self._users)
        actions = {path.id: ", ".join(path.actions) for path in paths()}
        for path, shown in sorted({path: one for of in found.values() for path, one in of.items()}.items()):
            said = ", ".join(call.action for call in shown.calls) if path == OUTSIDE else actions.get(path, "")
            cells = self._each(partial(self._path, path, shown, found))
            yield Row("path", f"{path}: {said}".removesuffix(": "), cells, path)

    def _path(self, path: str, shown: Open, by_kind: Mapping[Kind, Mapping[str, Open]], kind: Kind) -> Cell:
        if path in by_kind[kind]:
            return Cell(*by_kind[kind][path])
        found = again(self.asker, self._session(kind), shown.calls, self.edits)
        return Cell(NO if self._full[kind].truth.is_no else found.truth, found.calls)

    def _entries(self) -> Iterator[Row]:
        """Entry into each administrator role, through others too."""
        roles = [one for one in self.subject.account.roles if self._is_administrator(one)]
        found = {kind: entered(self.asker, self._session(kind), self.edits) for kind in self.sessions}
        for role in roles:
            cells = self._each(partial(self._enter, role, found))
            ref = Ref("role", role.name)
            yield Row("enter", f"enter role {role.name}", cells, self.subject.who(ref).address)

    def _is_administrator(self, role: Role) -> bool:
        judged = self.subject.judgements[Ref("role", role.name)]
        return judged.klass in _ENTERABLE and judged.verdict != "elsewhere" and judged.ref != self.ref

    def _enter(self, role: Role, found: Mapping[Kind, Mapping[Ref, Truth]], kind: Kind) -> Cell:
        truth = found[kind].get(Ref("role", role.name), NO)
        relabelled = self.ref.kind != "role" and kind in OF_USER and not self._administrator[kind].is_no
        if truth.is_no and relabelled:
            truth = self._entering.may(self.ref, role, (kind,))
        call = Call(self._session(kind), ASSUME, to_enter(self.asker.index, role.name))
        return Cell(truth, (call,))

    @cached_property
    def _entering(self) -> Entering:
        return Entering(self.subject.judge)
