# Made for others: the root declares nobody who could have it.
resource "aws_iam_policy" "mfa" {
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

output "require_mfa_arn" {
  value = aws_iam_policy.mfa.arn
}
