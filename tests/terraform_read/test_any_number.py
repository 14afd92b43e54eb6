"""Users of whom nobody knows how many there are: what is said of the one that stands for all holds of each."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from .any_number import VALUES, Fact, module, verdicts

EACH, COUNT, ONE = "for_each = toset(var.users)", "count = length(var.users)", "count = var.create ? 1 : 0"
MAP, NUMBER, NONE = "for_each = var.people", "count = var.n", ""
OF_USERS, OTHER, LATER = "for_each = aws_iam_user.u", "count = var.create ? 0 : 1", 'count = uuid() == "" ? 1 : 0'
U = "aws_iam_user.u"
AT_INDEX, AT_KEY, AT_0 = f"{U}[count.index].name", f"{U}[each.key].name", f"{U}[0].name"
NAMES = {
    EACH: ("each.value", "each.key", '"p-${each.key}"', "lower(each.value)"),
    MAP: ("each.value", "each.key"),
    COUNT: ("var.users[count.index]", "element(var.users, count.index)", '"p-${count.index}"'),
    NUMBER: ('"p-${count.index}"', 'format("p-%d", count.index)'),
    ONE: ('"solo"', "var.users[0]"),
    NONE: ('"solo"', "var.users[0]"),
}
SURE, PERHAPS, NOT = "ungated", "undecided", "not-admin"
GRANTED = [  # how many users, how they are called; how many attachments, to whom; whether each user has it
    (EACH, "each.value", EACH, "each.value", SURE),
    (EACH, "each.value", EACH, "each.key", SURE),
    (EACH, "each.value", EACH, AT_KEY, SURE),
    (EACH, "each.value", EACH, f"{U}[each.value].name", SURE),
    (EACH, "each.value", OF_USERS, "each.value.name", SURE),
    (EACH, "each.value", OF_USERS, "each.key", SURE),
    (EACH, "lower(each.value)", OF_USERS, "each.value.id", SURE),
    (EACH, "lower(each.value)", EACH, AT_KEY, SURE),
    (EACH, '"p-${each.key}"', EACH, '"p-${each.value}"', SURE),
    (EACH, '"p-${each.key}"', EACH, '"q-${each.value}"', NOT),
    (EACH, "each.value", MAP, "each.value", PERHAPS),
    (EACH, "each.value", NONE, '"ann"', PERHAPS),
    (EACH, "each.value", NONE, "var.users[0]", PERHAPS),
    (MAP, "each.value", MAP, "each.value", SURE),
    (MAP, "each.value", MAP, "each.key", PERHAPS),
    (MAP, "each.value", MAP, "var.people[each.key]", SURE),
    (COUNT, "var.users[count.index]", COUNT, AT_INDEX, SURE),
    (COUNT, "var.users[count.index]", COUNT, "var.users[count.index]", SURE),
    (COUNT, "var.users[count.index]", COUNT, "element(var.users, count.index)", SURE),
    (COUNT, "var.users[count.index]", COUNT, f"element({U}[*].name, count.index)", SURE),
    (COUNT, "var.users[count.index]", COUNT, f"element({U}.*.id, count.index)", SURE),
    (COUNT, "var.users[count.index]", COUNT, f"{U}.*.name[count.index]", SURE),
    (COUNT, "var.users[count.index]", COUNT, "var.users[0]", PERHAPS),
    (COUNT, "var.users[count.index]", COUNT, AT_0, PERHAPS),
    (COUNT, "var.users[count.index]", COUNT, "element(var.users, count.index + 1)", PERHAPS),
    (COUNT, "var.users[count.index]", COUNT, f"element({U}[*].name, count.index + 1)", PERHAPS),
    (COUNT, "var.users[count.index]", NUMBER, "var.users[count.index]", PERHAPS),
    (COUNT, "var.users[count.index]", NONE, AT_0, PERHAPS),
    (NUMBER, '"p-${count.index}"', NUMBER, AT_INDEX, SURE),
    (NUMBER, '"p-${count.index}"', NUMBER, '"p-${count.index}"', SURE),
    (NUMBER, '"p-${count.index}"', NUMBER, '"p-0"', PERHAPS),
    (ONE, '"solo"', ONE, AT_0, SURE),
    (ONE, '"solo"', ONE, '"solo"', SURE),
    (ONE, '"solo"', NONE, '"solo"', SURE),
    (ONE, '"solo"', ONE, f"element({U}[*].name, 0)", SURE),
    (ONE, '"solo"', OTHER, '"solo"', PERHAPS),
    (ONE, '"solo"', "count = var.create ? 1 : 1 - 1", '"solo"', PERHAPS),
    (NONE, '"solo"', ONE, '"solo"', PERHAPS),
    (LATER, '"solo"', LATER, '"solo"', PERHAPS),
]


@pytest.mark.parametrize(("users", "name", "attachments", "user", "expected"), GRANTED)
def test_whether_each_has_what_is_attached(
    users: str, name: str, attachments: str, user: str, expected: str, tmp_path: Path
) -> None:
    """The same of a gate: only what each one surely has gates each one."""
    grant, gate = Fact("grant", attachments, user), Fact("gate", attachments, user)
    found = verdicts(tmp_path, module(users, name, (grant,)), {})
    assert found is not None
    assert found[U] == {expected}
    its_own = {EACH: AT_KEY, MAP: AT_KEY, COUNT: AT_INDEX, NUMBER: AT_INDEX, NONE: f"{U}.name"}.get(users, AT_0)
    granted = Fact("grant", NONE if users == LATER else users, its_own)
    gated = verdicts(tmp_path, module(users, name, (granted, gate)), {})
    assert gated is not None
    assert gated[U] == {{SURE: "gated", PERHAPS: "undecided", NOT: "ungated"}[expected]}


LISTED = [
    (EACH, "each.value", f"[for one in {U} : one.name]", SURE),
    (EACH, "lower(each.value)", f"values({U})[*].name", SURE),
    (EACH, "each.value", "var.users", SURE),
    (EACH, "each.value", f"[for one in {U} : one.name if one.path == var.users[0]]", PERHAPS),
    (EACH, "each.value", "[var.users[0]]", PERHAPS),
    (COUNT, "var.users[count.index]", f"{U}[*].name", SURE),
    (COUNT, "var.users[count.index]", f"toset({U}.*.id)", SURE),
    (COUNT, "var.users[count.index]", f"[{AT_0}]", PERHAPS),
    (COUNT, "var.users[count.index]", f"slice({U}[*].name, 0, 1)", PERHAPS),
    (ONE, '"solo"', f"{U}[*].name", SURE),
]


@pytest.mark.parametrize(("users", "name", "listed", "expected"), LISTED)
def test_whether_each_is_in_a_list(users: str, name: str, listed: str, expected: str, tmp_path: Path) -> None:
    found = verdicts(tmp_path, module(users, name, (Fact("all admins", NONE, listed),)), {})
    assert found is not None
    assert found[U] == {expected}


KINDS = ("grant", "grant", "gate", "admins", "gated", "role", "role of others", "assume", "takeover of others")
LIKELY = {EACH: (EACH, OF_USERS), MAP: (MAP, OF_USERS), COUNT: (COUNT,), NUMBER: (NUMBER,), ONE: (ONE,), NONE: (NONE,)}


def _of_one(users: str, expansion: str) -> Sequence[str]:
    """How somebody may be referred to from an instance."""
    found = ["var.users[0]", '"ann"', '"p-0"', '"solo"']
    if users == NONE:
        found += [f"{U}.name"] * 4
    elif users.startswith("count"):
        found += [AT_0] * (4 if users == ONE else 1)
    if expansion in (COUNT, NUMBER):
        found += ["var.users[count.index]", "element(var.users, count.index + 1)", '"p-${count.index}"']
        found += [AT_INDEX, AT_INDEX, f"element({U}[*].name, count.index)"] if users in (COUNT, NUMBER) else []
    elif expansion.startswith("for_each"):
        found += ["each.key", *(["each.value.name"] * 3 if expansion == OF_USERS else ["each.value"] * 2)]
        found += [AT_KEY, AT_KEY] if users.startswith("for_each") else []
    return found


def _of_all(users: str) -> Sequence[str]:
    lists = ["var.users", "[var.users[0]]"]
    if users.startswith("count"):
        lists += [f"{U}[*].name", f"toset({U}[*].name)", f"[for one in {U} : one.name]", f"[{AT_0}]"]
    elif users != NONE:
        lists += [f"[for one in {U} : one.name]", f"values({U})[*].name", f"[for key, one in {U} : one.id]"]
    return lists


@st.composite
def modules(draw: st.DrawFn) -> str:
    """A module with users and one to four facts, most of which are of each user."""
    users = draw(st.sampled_from(list(NAMES)))
    name = draw(st.sampled_from(NAMES[users]))
    facts: list[Fact] = []
    for _ in range(draw(st.integers(1, 4))):
        others = st.sampled_from((EACH, MAP, COUNT, NUMBER, ONE, NONE, OTHER))
        expansion = draw(st.sampled_from(LIKELY[users]) | st.sampled_from(LIKELY[users]) | others)
        if draw(st.integers(0, 4)):
            facts.append(
                Fact(draw(st.sampled_from(KINDS)), expansion, draw(st.sampled_from(_of_one(users, expansion))))
            )
        else:
            kind = draw(st.sampled_from(("all admins", "all gated")))
            facts.append(Fact(kind, draw(st.sampled_from((NONE, expansion))), draw(st.sampled_from(_of_all(users)))))
    return module(users, name, tuple(facts))


def test_what_is_said_of_any_number_is_so_for_each_number() -> None:
    """Whatever the values are, everybody who is then declared is judged as the one that stood for all."""
    seen: Counter[str] = Counter()

    @settings(max_examples=150, phases=[Phase.generate])
    @given(text=modules())
    def holds(text: str) -> None:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            said = verdicts(folder, text, {})
            if said is None:
                return
            counted = False
            for number in range(4):
                there = verdicts(folder, text, {name: values[number] for name, values in VALUES.items()})
                for address, judged in (there or {}).items():
                    sure = said.get(address, set()) - {"undecided"} if "." in address else set[str]()
                    assert not sure or judged == sure, (address, number, text)
                    seen.update(sure if address == U else ())
                    counted = counted or (address == U and bool(sure))
            seen.update(["modules"] if counted else ())

    holds()
    assert seen["modules"] >= 60
    assert min(seen[verdict] for verdict in ("ungated", "gated", "not-admin")) >= 5
