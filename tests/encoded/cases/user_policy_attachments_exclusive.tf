# An exclusive list attaches what it names, and detaches the rest.
resource "aws_iam_user" "alice" {
  name = "alice"
}

resource "aws_iam_user_policy_attachments_exclusive" "alice" {
  user_name = aws_iam_user.alice.name
  policy_arns = [ # ! open broken
    "arn:aws:iam::aws:policy/AdministratorAccess",
    aws_iam_policy.gate.arn, # @gated
  ]
}

# @gated broken
resource "aws_iam_policy" "gate" {
  name = "gate"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = {
      Effect    = "Deny"
      NotAction = ["iam:CreateVirtualMFADevice", "iam:EnableMFADevice"]
      Resource  = "*"
      Condition = { BoolIfExists = { "aws:MultiFactorAuthPresent" = "false" } }
    }
  })
}

resource "aws_iam_user_policy_attachment" "gate" {
  user       = aws_iam_user.alice.name
  policy_arn = aws_iam_policy.gate.arn
}
