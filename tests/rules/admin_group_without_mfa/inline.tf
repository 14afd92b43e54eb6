# In a heredoc.
resource "aws_iam_group" "admins" {
  name = "admins"
}

resource "aws_iam_group_policy" "all" {
  group  = aws_iam_group.admins.id
  policy = <<-EOT
    {
      "Version": "2012-10-17",
      "Statement": [
        {"Effect": "Allow", "Action": "s3:*", "Resource": "*"},
        {"Effect": "Allow", "Action": "*", "Resource": "*"} # ! IAM002 admins
      ]
    }
  EOT
}
