# The same in jsonencode and in a heredoc; each on a user of its own.
resource "aws_iam_user" "both" {
  for_each = toset(["alice", "bob"])
  name     = each.key
}

resource "aws_iam_user_policy_attachment" "both" {
  for_each   = aws_iam_user.both
  user       = each.value.name
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
}

resource "aws_iam_user_policy" "alice" {
  user = "alice"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Deny"
      NotAction = ["iam:EnableMFADevice", "iam:CreateVirtualMFADevice"]
      Resource  = "*"
      Condition = {
        Bool = { "aws:MultiFactorAuthPresent" = "false" } # ! IAM004 critical alice
      }
    }]
  })
}

resource "aws_iam_user_policy" "bob" {
  user   = "bob"
  policy = <<EOT
{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Deny",
      "NotAction": ["iam:EnableMFADevice", "iam:CreateVirtualMFADevice"],
      "Resource": "*",
      "Condition": {
        "StringEquals": { "aws:MultiFactorAuthPresent": "false" } # ! IAM004 critical bob
      }
    }
  ]
}
EOT
}
