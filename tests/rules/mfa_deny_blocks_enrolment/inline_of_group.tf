# The whole group: who gets in new has no device.
resource "aws_iam_group" "ops" {
  name = "ops"
}

resource "aws_iam_user" "this" {
  for_each = toset(["alice", "bob"])
  name     = each.key
}

resource "aws_iam_group_membership" "ops" {
  name  = "ops"
  group = aws_iam_group.ops.name
  users = [for user in aws_iam_user.this : user.name]
}

resource "aws_iam_group_policy_attachment" "admin" {
  group      = aws_iam_group.ops.name
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
}

resource "aws_iam_group_policy" "mfa" {
  group  = aws_iam_group.ops.name
  policy = <<-EOT
    {
      "Version": "2012-10-17",
      "Statement": [
        { # ! IAM007 medium alice bob
          "Effect": "Deny",
          "NotAction": ["iam:ListMFADevices", "iam:GetUser"],
          "Resource": "*",
          "Condition": { "BoolIfExists": { "aws:MultiFactorAuthPresent": "false" } }
        }
      ]
    }
  EOT
}
