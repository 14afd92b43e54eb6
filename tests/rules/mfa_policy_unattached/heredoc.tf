resource "aws_iam_policy" "mfa" { # ! IAM009 medium
  name   = "require-mfa"
  policy = <<EOT
{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Deny",
      "NotAction": ["iam:CreateVirtualMFADevice", "iam:EnableMFADevice"],
      "Resource": "*",
      "Condition": { "BoolIfExists": { "aws:MultiFactorAuthPresent": "false" } }
    }
  ]
}
EOT
}

resource "aws_iam_user" "alice" {
  name = "alice"
}
