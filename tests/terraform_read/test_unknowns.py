"""What the reading of a root module could not know is listed, by name."""

from __future__ import annotations

from pathlib import Path

from iamgen_rules.terraform.read import read

from .trees import plant

TEXT = """
variable "names" {}
variable "path" {}
module "far" {
  source = "example/iam/aws"
}
data "external" "x" {}
resource "aws_iam_group" "known" {
  name = "g"
}
resource "aws_iam_user" "u" {
  for_each = var.names
  name     = "u"
}
resource "aws_iam_group" "g" {
  name = "${data.external.x.result.y}-g"
  path = var.path
}
resource "aws_iam_policy" "p" {
  name   = "p"
  policy = module.far.json
}
resource "aws_iam_user" "wrong" {
  name = upper(1, 2)
}
resource "aws_iam_user_group_membership" "m" {
  user   = "m"
  groups = [aws_iam_group.known.name, aws_iam_group.g.unique_id]
}
"""


def test_the_unknown_is_listed_by_name_and_once(tmp_path: Path) -> None:
    plant(tmp_path, {"main.tf": TEXT})
    (root,) = read([str(tmp_path)]).roots
    assert root.unknown == (
        f"{tmp_path}/main.tf:24:19",
        "aws_iam_group.g.unique_id",
        "data.external.x.result",
        "module.far (example/iam/aws is not installed)",
        "var.names",
        "var.path",
    )


def test_where_all_is_known_but_what_the_apply_makes_nothing_is_listed(tmp_path: Path) -> None:
    plant(tmp_path, {"main.tf": 'resource "aws_iam_user" "u" {\n  name = "u"\n}\n'})
    (root,) = read([str(tmp_path)]).roots
    assert root.unknown == ()


def test_a_key_that_lies_in_a_home_is_unknown_and_no_problem(tmp_path: Path) -> None:
    text = """
resource "aws_iam_user_login_profile" "p" {
  user    = "u"
  pgp_key = file("~/key.asc")
}
"""
    plant(tmp_path, {"main.tf": text})
    (root,) = read([str(tmp_path)]).roots
    assert root.problems == ()
    assert root.unknown == (f"{tmp_path}/main.tf:4:13",)
    plant(tmp_path, {"main.tf": text.replace("pgp_key", "password")})
    assert len(read([str(tmp_path)]).roots[0].problems) == 1
