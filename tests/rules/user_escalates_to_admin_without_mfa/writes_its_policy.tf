# The managed policy that alice has may be rewritten by her.

resource "aws_iam_user" "alice" {
  name = "alice"
}

resource "aws_iam_policy" "own" {
  name = "own"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "iam:CreatePolicyVersion", Resource = "arn:aws:iam::*:policy/own" }]
  })
}

resource "aws_iam_user_policy_attachment" "own" {
  user       = aws_iam_user.alice.name
  policy_arn = aws_iam_policy.own.arn # ! IAM010 alice
}
