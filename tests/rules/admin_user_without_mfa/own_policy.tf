# A policy of one's own in a heredoc, in the GovCloud partition; the attachment gives it to somebody.
data "aws_partition" "current" {}

resource "aws_iam_user" "alice" {
  name = "alice"
  path = "/ops/"
}

resource "aws_iam_policy" "all" {
  name   = "all"
  policy = <<-EOT
    {
      "Version": "2012-10-17",
      "Statement": {"Effect": "Allow", "NotAction": "organizations:*", "Resource": "*"}
    }
  EOT
}

resource "aws_iam_user_policy_attachment" "alice" {
  user       = aws_iam_user.alice.name
  policy_arn = aws_iam_policy.all.arn # ! IAM001 alice
}
