# An indented heredoc with interpolations; the operator of the gate is one.
resource "aws_iam_user" "alice" {
  name = "alice"
}

locals {
  everything = "*"
  present    = "aws:MultiFactorAuthPresent"
  operator   = "StringEqualsIfExists" # @gated
  operator   = "StringEquals" # @broken
}

resource "aws_iam_user_policy" "both" {
  user   = aws_iam_user.alice.id
  policy = <<-EOT
    {
      "Version": "2012-10-17",
      "Statement": [
        { # ! open
          "Effect": "Deny", # @gated broken
          "NotAction": ["iam:EnableMFADevice", "iam:CreateVirtualMFADevice"], # @gated broken
          "Resource": "${local.everything}", # @gated broken
          "Condition": {"${local.operator}": {"${local.present}": "false"}} # @gated
          "Condition": {"${local.operator}": {"${local.present}": "false"}} # @broken !
        }, # @gated broken
        { # @gated broken
          "Effect": "Allow",
          "Action": "${local.everything}",
          "Resource": ["${local.everything}"]
        }
      ]
    }
  EOT
}
