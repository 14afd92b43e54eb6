# An aws_iam_policy_attachment owns the policy in the whole account, of whatever kind the holder is.
resource "aws_iam_user" "alice" {
  name = "alice"
}


resource "aws_iam_role" "audit" {
  name = "audit"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "config.amazonaws.com" }
    }]
  })
}

resource "aws_iam_policy_attachment" "audit" {
  name       = "audit"
  roles      = [aws_iam_role.audit.name]
  policy_arn = "arn:aws:iam::aws:policy/SecurityAudit"
}

resource "aws_iam_user_policy_attachment" "audit" {
  user       = aws_iam_user.alice.name
  policy_arn = "arn:aws:iam::aws:policy/SecurityAudit" # ! IAM014 alice
}
