"""Users who have enrolled, behind Terraform's back, can be taken away."""

from __future__ import annotations

from typing import Any

import pytest

from moto_iam import Moto
from terraform.roots import Place, read, terraform


def _enrol(iam: Any, user: str) -> None:
    """Do what a user does on the first day, and more."""
    device = iam.create_virtual_mfa_device(VirtualMFADeviceName=f"{user}s-phone")["VirtualMFADevice"]
    codes = {"AuthenticationCode1": "123456", "AuthenticationCode2": "654321"}
    iam.enable_mfa_device(UserName=user, SerialNumber=device["SerialNumber"], **codes)
    iam.create_login_profile(UserName=user, Password="correct horse battery staple")
    iam.create_access_key(UserName=user)
    iam.upload_ssh_public_key(UserName=user, SSHPublicKeyBody="ssh-rsa AAAAB3NzaC1yc2E=")


def test_enrolled_users_can_be_removed(account: Moto, place: Place) -> None:
    iam, data = account.iam(), read("base")
    where = place(terraform(data), ops_users='["erin"]')
    where.apply()
    gone = {"alice", "dave", "erin"}  # of a group, of none, of a variable
    for user in gone:
        _enrol(iam, user)
        with pytest.raises(iam.exceptions.DeleteConflictException):
            iam.delete_user(UserName=user)
    data["users"] = [user for user in data["users"] if user["name"] not in gone]
    where.write(terraform(data))
    where.apply("-var=ops_users=[]")
    assert {user["UserName"] for user in iam.list_users()["Users"]} == {"bob", "carol"}
    assert iam.list_virtual_mfa_devices()["VirtualMFADevices"] == []
