"""What an account's policies speak of: whether it can matter who somebody is, and how it is tagged."""

from __future__ import annotations

from collections.abc import Iterable

from iamgen_rules.policy.decision import Policies, Policy
from iamgen_rules.policy.document import Document
from iamgen_rules.policy.keys import BOUNDARY, POLICY_ARN, PRINCIPAL_ARN, USERNAME, of_caller, of_target
from iamgen_rules.policy.mentions import mentions
from iamgen_rules.policy.text import parts_of


class Mentioned:
    """`callers_tags`, `targets_tags`: whether a policy reads one. `names`: whether a user's name or path matters.

    `attached`: whether it matters which policy is attached. `boundaries` are those that policies name.
    """

    def __init__(self, documents: Iterable[Document]) -> None:
        """Read the documents once."""
        read = mentions(Policies(tuple(Policy("", document) for document in documents)))
        texts = {part for text, _ in read.resources for part in parts_of(text) if isinstance(part, str)}
        boundaries = {value for one in read.conditions.get(BOUNDARY, ()) for value in one.condition.values}
        keys = read.keys()
        self.callers_tags = any(of_caller(key) for key in keys)
        self.targets_tags = any(of_target(key) for key in keys)
        self.names = not keys.isdisjoint({USERNAME, PRINCIPAL_ARN}) or any(":user/" in text for text in texts)
        self.attached = POLICY_ARN in keys
        self.boundaries = tuple(sorted(value for value in boundaries if isinstance(value, str)))
