"""What policies can tell of a call: of calls that they do not tell apart, one is asked about for all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator

from iamgen_rules.account.beginnings import Beginnings, Tokens
from iamgen_rules.policy.decision import Policies
from iamgen_rules.policy.keys import AGE, BOUNDARY, PRESENT, of_target
from iamgen_rules.policy.mentions import mentions
from iamgen_rules.policy.pattern import Pattern, Variable, parse_resource
from iamgen_rules.policy.session import VIA
from iamgen_rules.policy.statement import is_incomplete, resource_fits
from iamgen_rules.policy.wildcard import Wild


class Apart:
    """Reads the resources of some policies' statements once.

    `wholly`: they may tell every target from every other. `of_mfa`: they may tell a session with MFA from one without,
    by itself or by which of them has CloudFormation make the call.
    """

    def __init__(self, policies: Policies) -> None:
        """Put the resources that are names into a table, and those with wildcards into a list."""
        self._named: dict[str, list[int]] = defaultdict(list)
        patterns: list[tuple[Tokens, int]] = []
        read = mentions(policies).keys()
        self.wholly = any(of_target(key) or key == BOUNDARY for key in read)
        self.of_mfa = not read.isdisjoint((PRESENT, AGE, "aws:tokenissuetime", *VIA))
        for number, pattern in _resources(policies):
            tokens = tuple(token for token in pattern if not isinstance(token, Variable))
            self.wholly = self.wholly or len(tokens) < len(pattern)
            if len(tokens) == 1 and isinstance(tokens[0], str) and not is_incomplete(tokens):
                self._named[tokens[0]].append(number)
            elif tokens != (Wild.MANY,):
                patterns.append((tokens, number))
        self._patterns = Beginnings(patterns)

    def seen(self, resource: str) -> Hashable:
        """Which statements have a resource that fits, and how surely."""
        fits = ((number, resource_fits(tokens, resource).level) for tokens, number in self._patterns.of(resource))
        return tuple(self._named.get(resource, ())), tuple((number, level) for number, level in fits if level)


def _resources(policies: Policies) -> Iterator[tuple[int, Pattern]]:
    """The patterns of each statement, with the statement's number."""
    statements = ((one, policy.document) for policy in policies.all() for one in policy.document.statements)
    for number, (statement, document) in enumerate(statements):
        for text in statement.resources.values:
            for variables in document.readings:
                yield number, parse_resource(text, variables=variables)
