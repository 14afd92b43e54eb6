resource "aws_iam_role" "vendor" {
  name               = "vendor"
  assume_role_policy = <<EOT
{
  "Version": "2012-10-17",
  "Statement": [
    { # ! IAM013 vendor
      "Effect": "Allow",
      "Principal": { "AWS": ["arn:aws:iam::444455556666:role/deployer", "arn:aws:iam::777788889999:user/bob"] },
      "Action": "sts:AssumeRole"
    }
  ]
}
EOT
}

resource "aws_iam_role_policy" "vendor" {
  role = aws_iam_role.vendor.name
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "*", Resource = "*" }]
  })
}
