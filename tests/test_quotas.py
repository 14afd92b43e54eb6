"""Quotas: at the quota is good, one over it is refused by the quota's name, with what iamgen adds counted in."""

from __future__ import annotations

import json
from typing import Any

import pytest

from iamgen import quotas
from iamgen.load import Loaded, load
from iamgen_rules.errors import InputError
from iamgen_rules.policy import aws_managed

AWS = [name for name in aws_managed.names() if aws_managed.suffix(name) == name and not name.startswith("I")]
SMALL = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "logs:Get*", "Resource": "*"}]}


def policy(size: int) -> str:
    """A policy of that many characters, written with white space that does not count."""
    statement = {"Sid": "", "Effect": "Allow", "Action": "logs:Get*", "Resource": "*"}
    document: dict[str, Any] = {"Version": "2012-10-17", "Statement": [statement]}
    statement["Sid"] = "x" * (size - quotas.size(document))
    return json.dumps(document, indent=4)


def loaded(text: str, **documents: str) -> Loaded:
    return load(f"version: 1\n{text}", "iamgen.yaml", lambda name: documents.get(name, json.dumps(SMALL)))


def error(text: str, **documents: str) -> str:
    with pytest.raises(InputError) as caught:
        loaded(text, **documents)
    (problem,) = caught.value.problems
    return str(problem).partition(": ")[2]


def _groups(number: int) -> str:
    names = [f"g{one}" for one in range(number)]
    return f"groups: [{', '.join(f'{{name: {name}}}' for name in names)}]\nusers: [{{name: al, groups: {names}}}]"


def test_ten_groups_per_user() -> None:
    loaded(_groups(10))
    assert error(_groups(11)) == "users[0].groups: 11 groups; the quota of IAM groups per user is 10"


@pytest.mark.parametrize(
    ("more", "most", "message"),
    [
        ("", 9, "10 managed policies and the MFA policy; the quota per IAM group is 10"),
        (", require_mfa: false, reason: x", 10, "11 managed policies; the quota per IAM group is 10"),
    ],
)
def test_ten_managed_policies_per_group_with_the_gate(more: str, most: int, message: str) -> None:
    text = "groups: [{{name: ops, policies: {}{}}}]"
    loaded(text.format(AWS[:most], more))
    assert error(text.format(AWS[: most + 1], more)) == f"groups[0].policies: {message}"


def test_documents_are_no_managed_policies() -> None:
    inline = [f"{{name: p{number}, document: d}}" for number in range(12)]
    loaded(f"groups: [{{name: ops, policies: [{', '.join(inline)}]}}]")


def test_ten_managed_policies_per_role() -> None:
    loaded(f"sudo_roles: [{{name: R, policies: {AWS[:10]}}}]")
    found = error(f"sudo_roles: [{{name: R, policies: {AWS[:11]}}}]")
    assert found == "sudo_roles[0].policies: 11 managed policies; the quota per IAM role is 10"


def _tags(prefix: str, number: int) -> str:
    return "{" + ", ".join(f"{prefix}{one}: x" for one in range(number)) + "}"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("tags: {}", "tags: 51 tags; the quota of tags per role, user or policy is 50"),
        (
            "tags: {{top: x, T0: x}}\nusers: [{{name: al, tags: {}}}]",
            "users[0].tags: 51 tags with those at the top; the quota of tags per role, user or policy is 50",
        ),
        (
            "tags: {{top: x}}\nsudo_roles: [{{name: R, tags: {}}}]",
            "sudo_roles[0].tags: 51 tags with those at the top; the quota of tags per role, user or policy is 50",
        ),
    ],
)
def test_fifty_tags_with_those_at_the_top(text: str, message: str) -> None:
    own = 50 - text.count("top: x")
    loaded(text.format(_tags("t", own)))
    assert error(text.format(_tags("t", own + 1))) == message


def test_path_and_name_of_a_sudo_role_fit_into_switch_role() -> None:
    name = "x" * 58
    loaded(f"sudo_roles: [{{name: {name}, path: /sudo/}}]")
    loaded(f"path: /sudo/\nsudo_roles: [{{name: {'x' * 64}, path: /}}]")
    message = "sudo_roles[0].name: 65 characters with its path /sudo/; Switch Role in the console allows 64"
    assert error(f"sudo_roles: [{{name: {name}x, path: /sudo/}}]") == message
    assert error(f"path: /sudo/\nsudo_roles: [{{name: {name}x}}]") == message


def test_inline_policies_of_a_group() -> None:
    text = "groups: [{name: ops, policies: [{name: a, document: a}, {name: b, document: b}]}]"
    loaded(text, a=policy(5000), b=policy(120))
    message = "its inline policies have 5,121 characters; the quota of inline policy size per IAM group is 5,120"
    assert error(text, a=policy(5000), b=policy(121)) == f"groups[0].policies: {message}"


def test_inline_policies_of_a_group_with_the_one_for_sudo() -> None:
    roles = "sudo_roles: [{name: R, path: /sudo/}, {name: S}]"
    text = f"{roles}\ngroups: [{{name: ops, sudo: [R, S], policies: [{{name: a, document: a}}]}}]"
    sudo = (
        '{"Version":"2012-10-17","Statement":[{"Sid":"AssumeSudoRoles","Effect":"Allow","Action":"sts:AssumeRole",'
        '"Resource":["arn:aws:iam::123456789012:role/sudo/R","arn:aws:iam::123456789012:role/S"]}]}'
    )
    loaded(text, a=policy(5120 - len(sudo)))
    found = error(text, a=policy(5121 - len(sudo)))
    assert found == (
        "groups[0].policies: its inline policies have 5,121 characters with the one that allows its sudo roles; "
        "the quota of inline policy size per IAM group is 5,120"
    )
    loaded(f"partition: aws\n{text}", a=policy(5120 - len(sudo)))
    assert "5,134" in error(f"partition: aws-us-gov\n{text}", a=policy(5120 - len(sudo)))


def test_many_sudo_roles_alone_are_too_much_for_a_group() -> None:
    arns = [f"arn:aws:iam::{number:012}:role/{'x' * 64}" for number in range(60)]
    found = error(f"groups: [{{name: ops, sudo: {arns}}}]")
    assert found.startswith("groups[0].sudo: its inline policies have 6,000 characters with the one that allows")


def test_inline_policies_of_a_role() -> None:
    text = "sudo_roles: [{name: R, policies: [{name: a, document: a}, {name: b, document: b}]}]"
    loaded(text, a=policy(10_000), b=policy(240))
    message = "its inline policies have 10,241 characters; the quota of inline policy size per IAM role is 10,240"
    assert error(text, a=policy(10_000), b=policy(241)) == f"sudo_roles[0].policies: {message}"


def test_the_trust_policy_of_a_role() -> None:
    def text(accounts: int) -> str:
        return f"sudo_roles: [{{name: R, trusted_accounts: {[f'{one:012}' for one in range(accounts)]}}}]"

    one = (
        '{"Version":"2012-10-17","Statement":[{"Sid":"AssumeWithMFA","Effect":"Allow","Action":"sts:AssumeRole",'
        '"Principal":{"AWS":["arn:aws:iam::000000000000:root"]},'
        '"Condition":{"Bool":{"aws:MultiFactorAuthPresent":"true"}}}]}'
    )
    most = 1 + (2048 - len(one)) // len(',"arn:aws:iam::000000000000:root"')
    loaded(text(most))
    message = (
        "its trust policy has 2,067 characters; the quota of role trust policy length is 2,048: trust fewer accounts"
    )
    assert error(text(most + 1)) == f"sudo_roles[0].trusted_accounts: {message}"
    loaded(text(most // 3))
    assert "its trust policy has" in error(text(most // 2)[:-2] + ", user_path: /operations/of/ours/}]")


@pytest.mark.parametrize(
    ("document", "size"),
    [({}, 2), ({"a": "b c\td\ne"}, 16), ({"a": "<"}, 14), ({"a": ["x", "y"]}, 15), ({"a": "é"}, 9)],
)
def test_white_space_does_not_count_and_what_terraform_escapes_does(document: dict[str, Any], size: int) -> None:
    assert quotas.size(document) == size
