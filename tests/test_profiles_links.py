"""The links of `iamgen profiles --links`."""

from __future__ import annotations

import pytest

from iamgen.profiles import choose, links
from iamgen.profiles_identity import Wish
from profiles_help import HERE, THERE, roster

ALICE = Wish("alice")


@pytest.mark.parametrize(
    ("region", "host"),
    [
        ("eu-west-1", "signin.aws.amazon.com"),
        ("cn-north-1", "signin.amazonaws.cn"),
        ("us-gov-west-1", "signin.amazonaws-us-gov.com"),
    ],
)
def test_links(region: str, host: str) -> None:
    """The path is part of the role's name, without its first slash; all of it is encoded."""
    given = roster(
        region=region,
        sudo_roles=[{"name": "Ops+Sudo", "path": "/a=b/"}],
        groups=[{"name": "ops", "sudo": ["Ops+Sudo"]}],
    )
    query = f"account={HERE}&roleName=a%3Db%2FOps%2BSudo&displayName=Ops%2BSudo"
    assert links(choose(given, ALICE)) == ((f"https://{host}/switchrole?{query}",), ())


def test_links_that_cannot_be() -> None:
    """Partitions without an address, and roles that Switch Role does not take."""
    assert links(choose(roster(region="us-iso-east-1"), ALICE)) == (
        (),
        ("Partition aws-iso has no documented address to switch roles.",),
    )
    long = f"arn:aws:iam::{THERE}:role/{'p' * 56}/OpsSudo"
    found, told = links(choose(roster(groups=[{"name": "ops", "sudo": [long]}]), ALICE))
    assert found == ()
    assert told == ("Role OpsSudo has no link: its path and name are 65 characters, Switch Role takes 64.",)


def test_links_need_no_device() -> None:
    """A serial that would be refused in the ini does not matter here."""
    given = roster(users=[{"name": "alice", "groups": ["ops"], "mfa_serial": f"arn:aws:iam::{THERE}:mfa/alice"}])
    assert len(links(choose(given, ALICE))[0]) == 1
