# bob is gated, and alice makes a key and a policy for him: his gate goes with his policies.

resource "aws_iam_user" "alice" {
  name = "alice"
}

resource "aws_iam_user" "bob" {
  name = "bob"
}

resource "aws_iam_user_policy_attachment" "bob" {
  user       = aws_iam_user.bob.name
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
}

data "aws_iam_policy_document" "gate" {
  statement {
    effect      = "Deny"
    not_actions = ["iam:CreateVirtualMFADevice", "iam:EnableMFADevice", "sts:GetSessionToken"]
    resources   = ["*"]
    condition {
      test     = "BoolIfExists"
      variable = "aws:MultiFactorAuthPresent"
      values   = ["false"]
    }
  }
}

resource "aws_iam_user_policy" "gate_of_bob" {
  user   = aws_iam_user.bob.name
  policy = data.aws_iam_policy_document.gate.json
}

resource "aws_iam_user_policy" "alice" {
  user = aws_iam_user.alice.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { # ! IAM010 critical alice
        Effect   = "Allow"
        Action   = ["iam:CreateAccessKey", "iam:DeleteUserPolicy"]
        Resource = aws_iam_user.bob.arn
      },
    ]
  })
}
