# In the role's own block, by heredoc.
resource "aws_iam_role" "job" {
  name = "job"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "glue.amazonaws.com" }
    }]
  })

  inline_policy {
    name   = "job"
    policy = <<-EOT
      {
        "Version": "2012-10-17",
        "Statement": [
          {
            "Effect": "Allow",
            "Action": ["glue:*", "s3:*"],
            "Resource": "*"
          },
          { # ! IAM008 job
            "Effect": "Deny",
            "Action": "s3:DeleteObject",
            "Resource": "arn:aws:s3:::archive/*",
            "Condition": { "BoolIfExists": { "aws:MultiFactorAuthPresent": "false" } }
          }
        ]
      }
    EOT
  }
}
