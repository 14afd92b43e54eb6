# A Deny that leaves out the calls that services make, and then leaves CloudFormation to those without MFA.
resource "aws_iam_user" "alice" {
  name = "alice"
}

resource "aws_iam_user_policy_attachment" "admin" {
  user       = aws_iam_user.alice.name
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess" # ! open
}

# @gated broken
resource "aws_iam_user_policy" "gate" {
  user = aws_iam_user.alice.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Deny"
      NotAction = ["iam:CreateVirtualMFADevice", "iam:EnableMFADevice"] # @gated
      Action    = ["iam:*", "sts:*", "ec2:*"] # @broken
      Resource  = "*"
      Condition = {
        BoolIfExists = { "aws:MultiFactorAuthPresent" = "false", "aws:ViaAWSService" = "false" } # ! broken
      }
    }]
  })
}
