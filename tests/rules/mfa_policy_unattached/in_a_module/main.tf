module "mfa" {
  source = "./policy"
}

resource "aws_iam_group" "ops" {
  name = "ops"
}
