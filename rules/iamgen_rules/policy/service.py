"""A service that is given a role.

Source: "The confused deputy problem" (IAM User Guide): it says for which resource, of which account, it acts.
"""

from __future__ import annotations

from iamgen_rules.policy.decision import Policies, Policy
from iamgen_rules.policy.keys import SOURCE_ACCOUNT, is_absent, of_caller, of_source
from iamgen_rules.policy.request import Caller, Request
from iamgen_rules.policy.search import possible
from iamgen_rules.policy.truth import Truth


def may_assume(service: str, trust: Policy, account: str) -> Truth:
    """Whether a service (`ec2.amazonaws.com`) may assume a role, for some resource in an account."""
    caller = Caller("Service", "", (service,))
    request = Request("sts:AssumeRole", "*", {SOURCE_ACCOUNT: (account,)}, caller)
    return possible(request, Policies(trust=trust), _is_free).allowed


def _is_free(key: str) -> bool:
    return of_source(key) or not (is_absent(key) or of_caller(key))
