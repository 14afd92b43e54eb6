"""`NotIpAddress`: none of the values that `IpAddress` would match."""

from __future__ import annotations

from dataclasses import replace

from iamgen_rules.policy.operators.ip_address import OPERATOR as POSITIVE

OPERATOR = replace(POSITIVE, name="NotIpAddress", negated=True)
