# GovCloud, with ARNs written out.
provider "aws" {
  region = "us-gov-west-1"
}

resource "aws_iam_user" "alice" {
  name = "alice"
}

resource "aws_iam_user_policy_attachment" "admin" {
  user       = aws_iam_user.alice.name
  policy_arn = "arn:aws-us-gov:iam::aws:policy/AdministratorAccess" # ! open
}

# @gated broken
resource "aws_iam_user_policy" "gate" {
  user = aws_iam_user.alice.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Deny"
      NotAction = ["iam:CreateVirtualMFADevice", "iam:EnableMFADevice"]
      Resource  = "*"
      Condition = {
        BoolIfExists = { "aws:MultiFactorAuthPresent" = "false" }
        StringEquals = { "aws:RequestedRegion" = "us-gov-west-1" } # @broken !
      }
    }]
  })
}
