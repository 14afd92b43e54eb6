# Users and functions by modules: a gate that a default leaves away, an exemption that undoes one, a role to be passed.
module "operators" {
  source   = "./modules/user"
  for_each = { dora = true, erik = false }
  name     = each.key
  policy   = "AdministratorAccess"
  mfa      = each.value
}

module "on_call" {
  source = "./modules/user"
  name   = "frida"
  policy = "AdministratorAccess"
  mfa    = true
  exempt = ["iam:*LoginProfile", "iam:*UserPolicy"]
}

module "deployer" {
  source = "./modules/user"
  name   = "pipeline"
  policy = "AWSLambda_FullAccess"
}

module "cleanup" {
  source = "./modules/function"
  name   = "cleanup"
}

resource "aws_iam_user_policy" "pass" {
  name   = "pass"
  user   = module.deployer.name
  policy = <<-EOT
    {
      "Version": "2012-10-17",
      "Statement": [
        {"Effect": "Allow", "Action": "iam:PassRole", "Resource": "${module.cleanup.role_arn}"}
      ]
    }
  EOT
}
