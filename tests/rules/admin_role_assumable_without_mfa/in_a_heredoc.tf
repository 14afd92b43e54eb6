data "aws_caller_identity" "current" {}

resource "aws_iam_role" "ops" {
  name               = "ops"
  assume_role_policy = <<-EOT
    {
      "Version": "2012-10-17",
      "Statement": [
        { # ! IAM003 ops
          "Effect": "Allow",
          "Principal": {"AWS": "${data.aws_caller_identity.current.account_id}"},
          "Action": "sts:AssumeRole"
        },
        {"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}
      ]
    }
  EOT
}

resource "aws_iam_role_policy_attachment" "ops" {
  role       = aws_iam_role.ops.name
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
}
