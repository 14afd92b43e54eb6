# Rights in a role, entered with MFA.
resource "aws_iam_user" "alice" {
  name = "alice"
}


data "aws_caller_identity" "current" {}

resource "aws_iam_user_policy" "sudo" {
  name = "sudo"
  user = aws_iam_user.alice.name
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Resource = aws_iam_role.sudo.arn }]
  })
}

resource "aws_iam_role" "sudo" {
  name = "sudo"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { AWS = data.aws_caller_identity.current.account_id }
      Condition = { Bool = { "aws:MultiFactorAuthPresent" = "true" } }
    }]
  })
}

resource "aws_iam_role_policy_attachment" "sudo" {
  role       = aws_iam_role.sudo.name
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
}
