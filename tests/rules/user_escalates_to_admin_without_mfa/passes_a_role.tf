resource "aws_iam_user" "deploy" {
  name = "deploy"
}

resource "aws_iam_role" "lambda" {
  name               = "lambda"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy_attachment" "lambda" {
  role       = aws_iam_role.lambda.name
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
}

resource "aws_iam_user_policy" "deploy" {
  user = aws_iam_user.deploy.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { # ! IAM010 critical deploy
        Effect   = "Allow"
        Action   = ["iam:PassRole", "lambda:*"]
        Resource = "*"
      },
    ]
  })
}
