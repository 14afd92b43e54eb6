"""What rules say in common of a principal's rights: the statements that make it an administrator."""

from __future__ import annotations

from collections.abc import Iterator

from iamgen_rules.account.binding import Binding
from iamgen_rules.account.model import Ref
from iamgen_rules.account.proof import grants_of
from iamgen_rules.account.verdict import Class
from iamgen_rules.rule import Line
from iamgen_rules.subject import Subject

ADMINISTRATORS: tuple[Class, ...] = ("full", "escalation", "assume")


def called(binding: Binding) -> str:
    """A policy by the name that people know: `AdministratorAccess`, `admin of user alice`."""
    return binding.label.rpartition("/")[2] if binding.how in ("attached", "boundary") else binding.label


def grants(subject: Subject, ref: Ref) -> Iterator[Line]:
    """The policies that make somebody an administrator, with MFA or without: each once, at what puts it in force."""
    told: dict[Binding, str] = {}
    for ground in grants_of(subject.way(ref)):
        told.setdefault(ground.binding, called(ground.binding))
    for binding, name in told.items():
        yield Line(f"{subject.who(ref).name} is an administrator through {name}", binding.place)
