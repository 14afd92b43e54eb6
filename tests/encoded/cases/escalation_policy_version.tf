# iam:CreatePolicyVersion on a policy that one has. The gate exempts it, so that the gate itself can be rewritten.
resource "aws_iam_user" "alice" {
  name = "alice"
}

resource "aws_iam_policy" "team" {
  name = "team"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = ["s3:*"], Resource = "*" },
      { Effect = "Allow", Action = ["iam:CreatePolicyVersion"], Resource = "arn:aws:iam::*:policy/team" },
    ]
  })
}

resource "aws_iam_user_policy_attachment" "team" {
  user       = aws_iam_user.alice.name
  policy_arn = aws_iam_policy.team.arn # ! open
}

# @gated broken
resource "aws_iam_policy" "gate" {
  name = "gate"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Deny"
      NotAction = [
        "iam:CreateVirtualMFADevice",
        "iam:EnableMFADevice",
        "iam:*Version", # @broken !
      ]
      Resource  = "*"
      Condition = { BoolIfExists = { "aws:MultiFactorAuthPresent" = "false" } }
    }]
  })
}

resource "aws_iam_user_policy_attachment" "gate" {
  user       = aws_iam_user.alice.name
  policy_arn = aws_iam_policy.gate.arn
}
