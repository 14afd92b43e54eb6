resource "aws_iam_user" "alice" {
  name = "alice"
}

resource "aws_iam_user_policy_attachment" "alice" {
  user       = aws_iam_user.alice.name
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
}

resource "aws_iam_user_policy" "gate" {
  user   = aws_iam_user.alice.name
  policy = <<-EOT
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Deny",
        "NotAction": ["iam:EnableMFADevice", "iam:CreateVirtualMFADevice"],
        "Resource": "*",
        "Condition": {
          "BoolIfExists": {"aws:MultiFactorAuthPresent": "false"},
          "StringNotEqualsIfExists": {"aws:UserAgent": "terraform"} # ! IAM005 critical alice
        }
      }
    }
  EOT
}
