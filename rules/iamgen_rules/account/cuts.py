"""How a Deny or a boundary is taken away from somebody, and the groups that bring rights and Denies alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from iamgen_rules.account.binding import Binding
from iamgen_rules.account.calls import Keys
from iamgen_rules.account.facts import DELETE, DETACH, DROP_BOUNDARY, LEAVE, PUT, REWRITE
from iamgen_rules.account.gains import joins
from iamgen_rules.account.hands import NEVER, Hands, May, Move, either
from iamgen_rules.account.index import Edit, rewritten
from iamgen_rules.account.model import Ref
from iamgen_rules.account.rights import rewrite
from iamgen_rules.account.targets import administrator_policy, declared
from iamgen_rules.policy.keys import BOUNDARY, POLICY_ARN

MOST_CARRIERS = 12


def carriers(hands: Hands) -> tuple[Binding, ...]:
    """What denies or bounds the held principals."""
    refs = sorted({session.ref for session in hands.sessions})
    found = [one for ref in refs for one in hands.asker.index.bindings(ref, hands.world.edits) if carries(one)]
    return tuple(dict.fromkeys(found))


def carries(binding: Binding) -> bool:
    """Whether a policy in force takes something away."""
    document = binding.document
    return (
        binding.how == "boundary" or bool(document.missing) or any(one.effect == "Deny" for one in document.statements)
    )


def cuts(hands: Hands) -> Iterator[Move]:
    """Every way to be rid of a carrier, and every group to join that has Denies."""
    for binding in carriers(hands):
        if binding.how == "boundary":
            yield from _boundary(hands, binding)
        elif binding.how == "attached":
            yield from _attached(hands, binding)
        elif binding.how == "inline":
            yield from _inline(hands, binding)
        if binding.holder.kind == "group":
            yield from _leave(hands, binding.holder)
    for move in joins(hands):
        if brings_deny(hands, move.edits[0].name) and _brings_rights(hands, move.edits[0].name):
            yield move


def brings_deny(hands: Hands, group: str) -> bool:
    """Whether joining a group may take something away."""
    return any(carries(one) for one in hands.asker.index.bindings(Ref("group", group), hands.world.edits))


def _brings_rights(hands: Hands, group: str) -> bool:
    bound = hands.asker.index.bindings(Ref("group", group), hands.world.edits)
    return any(binding.doubts or any(one.effect == "Allow" for one in binding.document.statements) for binding in bound)


def _boundary(hands: Hands, binding: Binding) -> Iterator[Move]:
    ref = binding.holder
    index = hands.asker.index
    drop, put = DROP_BOUNDARY[ref.kind]
    truth, calls = either((hands.may(drop, [declared(index, ref)]), _bound(hands, ref, administrator_policy(index))))
    yield Move(f"drop the boundary of {ref}", truth, calls, edits=(Edit("unbound", ref),))
    if not truth.is_yes:
        for arn in sorted(index.policies) if index.mentioned.boundaries and hands.ever(put) else ():
            truth, calls = _bound(hands, ref, arn) if arn != binding.name else NEVER
            yield Move(f"make {arn} the boundary of {ref}", truth, calls, edits=(Edit("bound", ref, arn),))
    yield from _rewrite(hands, binding)


def _bound(hands: Hands, ref: Ref, arn: str) -> May:
    """Whether the policy may be made the boundary."""
    keys: Keys = ((BOUNDARY, (arn,)),)
    return hands.may(DROP_BOUNDARY[ref.kind][1], [declared(hands.asker.index, ref, keys)])


def _attached(hands: Hands, binding: Binding) -> Iterator[Move]:
    ref = binding.holder
    keys: Keys = ((POLICY_ARN, (binding.name,)),)
    truth, calls = hands.may(DETACH[ref.kind], [declared(hands.asker.index, ref, keys)])
    yield Move(f"detach {binding.name} from {ref}", truth, calls, edits=(Edit("detach", ref, binding.name),))
    yield from _rewrite(hands, binding)


def _rewrite(hands: Hands, binding: Binding) -> Iterator[Move]:
    if hands.ever(REWRITE[0]) or hands.ever(REWRITE[1]):
        truth, calls = rewrite(hands, binding.name)
        yield Move(f"rewrite {binding.name} to allow everything", truth, calls, edits=(rewritten(binding.name),))


def _inline(hands: Hands, binding: Binding) -> Iterator[Move]:
    ref = binding.holder
    target = [declared(hands.asker.index, ref)]
    gone = Edit("delete", ref, binding.name)
    truth, calls = hands.may(PUT[ref.kind], target)
    yield Move(f"rewrite {binding.name} of {ref}", truth, calls, edits=(gone, Edit("grant", ref)))
    truth, calls = hands.may(DELETE[ref.kind], target)
    yield Move(f"delete {binding.name} of {ref}", truth, calls, edits=(gone,))


def _leave(hands: Hands, group: Ref) -> Iterator[Move]:
    if not hands.ever(LEAVE):
        return
    for session_ref in sorted({session.ref for session in hands.sessions if session.ref.kind == "user"}):
        inside = {name for name, _ in hands.asker.index.memberships(session_ref.name, hands.world.edits)}
        if group.name in inside:
            truth, calls = hands.may(LEAVE, [declared(hands.asker.index, group)])
            edit = Edit("leave", session_ref, group.name)
            yield Move(f"take {session_ref} out of {group}", truth, calls, edits=(edit,))


def are_too_many(possible: Iterable[Move]) -> bool:
    """Whether they are about more carriers than are tried."""
    return len({_carrier(move.edits[0]) for move in possible}) > MOST_CARRIERS


def _carrier(edit: Edit) -> tuple[Ref, str]:
    """What an edit takes away or replaces: a policy, a group, or somebody's boundary."""
    return edit.holder, "" if edit.change == "bound" else edit.name
