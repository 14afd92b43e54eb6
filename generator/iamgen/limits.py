"""What AWS and Terraform allow in names, and how much of it.

Sources: "IAM and AWS STS quotas" (IAM User Guide), "CreatePolicy", "CreateRole", "Tag" (IAM API reference),
"AssumeRole" (AWS STS API reference), "Identifiers", "Input variables" (Terraform language documentation).
"""

from __future__ import annotations

NAME_CHARACTERS = "A-Z, a-z, 0-9 and +=,.@_-"
NAME_PATTERN = r"[A-Za-z0-9+=,.@_-]+"
# A policy's path; users and roles may have more, among it wildcards, which other policies would take for such.
PATH_PATTERN = r"/|(?:/[A-Za-z0-9+=,.@_-]+)+/"
ACCOUNT_PATTERN = r"[0-9]{12}"
PARTITION_PATTERN = r"aws(?:-[a-z]+)*"
REGION_PATTERN = r"[a-z]{2,}(?:-[a-z]+)+-[0-9]+"
VARIABLE_PATTERN = r"[A-Za-z_][A-Za-z0-9_-]*"
RESERVED_VARIABLES = ("count", "depends_on", "for_each", "lifecycle", "locals", "providers", "source", "version")
POLICY_ARN_PATTERN = (
    rf"arn:{PARTITION_PATTERN}:iam::(?:aws|{ACCOUNT_PATTERN}):policy/(?:{NAME_PATTERN}/)*{NAME_PATTERN}"
)
ROLE_ARN_PATTERN = rf"arn:{PARTITION_PATTERN}:iam::{ACCOUNT_PATTERN}:role/(?:{NAME_PATTERN}/)*{NAME_PATTERN}"
MFA_SERIAL_PATTERN = (
    rf"arn:{PARTITION_PATTERN}:iam::{ACCOUNT_PATTERN}:mfa/(?:{NAME_PATTERN}/)*{NAME_PATTERN}|[A-Za-z0-9]{{9,20}}"
)
DESCRIPTION_CHARACTERS = r"[\t\n\r\x20-\x7e\xa1-\xff]*"

USER_NAME_LENGTH = 64
ROLE_NAME_LENGTH = 64
GROUP_NAME_LENGTH = 128
POLICY_NAME_LENGTH = 128
PATH_LENGTH = 512
ARN_LENGTH = 2048
DESCRIPTION_LENGTH = 1000
SWITCH_ROLE_LENGTH = 64  # path and name together

GROUPS_PER_USER = 10
POLICIES_PER_GROUP = 10
POLICIES_PER_ROLE = 10
TAGS_PER_RESOURCE = 50
TAG_KEY_LENGTH = 128
TAG_VALUE_LENGTH = 256

MANAGED_POLICY_SIZE = 6144  # characters without white space, as are the sizes below
INLINE_USER_SIZE = 2048
INLINE_GROUP_SIZE = 5120
INLINE_ROLE_SIZE = 10240
TRUST_POLICY_SIZE = 2048

MIN_SESSION = 3600  # seconds, of a role's longest session
MAX_SESSION = 43200
MIN_MFA_AGE = 60  # seconds; shorter than a sign-in takes
MAX_MFA_AGE = 129600  # seconds; the longest session that GetSessionToken gives
