# Some actions, none of them IAM's.
resource "aws_iam_policy" "mfa" {
  name = "terminate-with-mfa"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Deny"
      Action    = ["ec2:TerminateInstances", "s3:DeleteBucket"]
      Resource  = "*"
      Condition = { BoolIfExists = { "aws:MultiFactorAuthPresent" = "false" } }
    }]
  })
}
