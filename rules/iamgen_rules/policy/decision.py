"""Whether AWS allows a request, and which statements say so.

Sources: "Policy evaluation logic", "Cross-account policy evaluation logic", "Permissions boundaries for IAM
entities" (IAM User Guide): an explicit Deny anywhere wins; else an Allow is needed from the identity's policies,
inside its boundary and SCPs; a trust policy that names the caller itself suffices without them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from iamgen_rules.policy.document import Document, Effect, Statement
from iamgen_rules.policy.principal import Naming
from iamgen_rules.policy.request import Request
from iamgen_rules.policy.statement import Part, parts, statement_applies
from iamgen_rules.policy.truth import NO, YES, Truth, all_of, any_of, unknown


@dataclass(frozen=True, slots=True)
class Policy:
    """A document and what it is called: an ARN, an address, a name."""

    name: str
    document: Document


@dataclass(frozen=True, slots=True)
class Policies:
    """Everything that bears on one caller's requests. A boundary that is None does not restrict.

    `scps` has one item for each level of the organization, from its root to the account: a level allows what
    one of its policies allows. `trust` is the policy of the role that the request assumes, `own_account`
    whether that role is in the caller's account.
    """

    identity: tuple[Policy, ...] = ()
    boundary: Policy | None = None
    scps: tuple[tuple[Policy, ...], ...] = ()
    trust: Policy | None = None
    own_account: bool = True

    def all(self) -> Iterator[Policy]:
        """Each of the policies."""
        yield from self.identity
        if self.boundary is not None:
            yield self.boundary
        for level in self.scps:
            yield from level
        if self.trust is not None:
            yield self.trust


@dataclass(frozen=True, slots=True)
class Cited:
    """A statement, the policy that it stands in, and whether it applies to the request.

    `because` is the first part that does not fit, or is not known to; None where all do.
    """

    policy: str
    statement: Statement
    applies: Truth
    because: Part | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """The answer, with the Allow statements that apply and all Deny statements, applying or not."""

    allowed: Truth
    allows: tuple[Cited, ...]
    denies: tuple[Cited, ...]

    @property
    def deciding(self) -> tuple[Cited, ...]:
        """The Deny statements that apply; where none does, the Allow statements that do."""
        denying = tuple(cited for cited in self.denies if not cited.applies.is_no)
        return denying or self.allows


def decide(request: Request, policies: Policies) -> Truth:
    """Whether the request is allowed."""
    denied = any_of(applies(policy, "Deny", request) for policy in policies.all())
    if denied.is_yes:
        return NO
    return _granted(request, policies) & ~denied


def applies(policy: Policy, effect: Effect, request: Request, naming: Naming | None = None) -> Truth:
    """Whether a statement of this effect in the policy applies; what is unknown of it may.

    `naming` restricts it to statements that name the caller in that way.
    """
    document = policy.document
    statements = (statement for statement in document.statements if statement.effect == effect)
    found = any_of(statement_applies(statement, document, request, naming) for statement in statements)
    return found | unknown(*document.missing) if document.missing else found


def _granted(request: Request, policies: Policies) -> Truth:
    in_scps = all_of(any_of(applies(policy, "Allow", request) for policy in level) for level in policies.scps)
    if in_scps.is_no:
        return NO
    if policies.trust is None:
        return _by_identity(request, policies) & in_scps
    return _assumed(request, policies, policies.trust) & in_scps


def _by_identity(request: Request, policies: Policies) -> Truth:
    allowed = any_of(applies(policy, "Allow", request) for policy in policies.identity)
    return allowed if allowed.is_no else allowed & _in_boundary(request, policies)


def _in_boundary(request: Request, policies: Policies) -> Truth:
    return YES if policies.boundary is None else applies(policies.boundary, "Allow", request)


def _assumed(request: Request, policies: Policies, trust: Policy) -> Truth:
    """In one account being named suffices; a role that is named stays inside its boundary. Else both sides allow."""
    itself, role, account = (applies(trust, "Allow", request, naming) for naming in Naming)
    if not policies.own_account:
        return (itself | role | account) & _by_identity(request, policies)
    return any_of(
        [
            itself,
            role & _in_boundary(request, policies),
            account & _by_identity(request, policies),
        ]
    )


def explain(request: Request, policies: Policies) -> Decision:
    """What `decide` answers, with the statements that matter."""
    cited = [cited for policy in policies.all() for cited in cite(request, policy)]
    allows = tuple(cite for cite in cited if cite.statement.effect == "Allow" and not cite.applies.is_no)
    denies = tuple(cite for cite in cited if cite.statement.effect == "Deny")
    return Decision(decide(request, policies), allows, denies)


def cite(request: Request, policy: Policy) -> Iterator[Cited]:
    """Each statement of a policy, and whether it applies."""
    for statement in policy.document.statements:
        applies = statement_applies(statement, policy.document, request)
        yield Cited(policy.name, statement, applies, _unfit(statement, policy.document, request))


def _unfit(statement: Statement, document: Document, request: Request) -> Part | None:
    unfit = [part for part in parts(statement, request, variables=document.has_variables) if not part.fits.is_yes]
    return min(unfit, key=lambda part: part.fits.level) if unfit else None
