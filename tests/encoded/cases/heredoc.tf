# JSON in a heredoc.
resource "aws_iam_user" "alice" {
  name = "alice"
}

resource "aws_iam_user_policy" "admin" {
  name   = "admin"
  user   = aws_iam_user.alice.name
  policy = <<EOF
{
  "Version": "2012-10-17",
  "Statement": [
    { # ! open
      "Effect": "Allow",
      "Action": "*",
      "Resource": "*"
    }
  ]
}
EOF
}

# @gated broken
resource "aws_iam_user_policy" "gate" {
  name   = "gate"
  user   = aws_iam_user.alice.name
  policy = <<EOF
{
  "Version": "2012-10-17",
  "Statement": {
    "Effect": "Deny",
    "NotAction": ["iam:CreateVirtualMFADevice", "iam:EnableMFADevice"],
    "Resource": "*",
    "Condition": {
      "BoolIfExists": {"aws:MultiFactorAuthPresent": "false"} # @gated
      "Bool": {"aws:MultiFactorAuthPresent": "false"} # @broken !
    }
  }
}
EOF
}
