# The role may make itself an administrator.
resource "aws_iam_role" "open" {
  name = "open"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{ # ! IAM013 open
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = "*"
      Condition = { StringLike = { "aws:PrincipalOrgID" = "o-*" } }
    }]
  })
}

resource "aws_iam_role_policy_attachment" "open" {
  role       = aws_iam_role.open.name
  policy_arn = "arn:aws:iam::aws:policy/IAMFullAccess"
}
