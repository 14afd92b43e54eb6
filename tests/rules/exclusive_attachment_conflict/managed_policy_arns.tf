# The role says that it has nothing else.
resource "aws_iam_role" "build" {
  name                = "build"
  managed_policy_arns = ["arn:aws:iam::aws:policy/ReadOnlyAccess"]
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "codebuild.amazonaws.com" }
    }]
  })
}

resource "aws_iam_role_policy_attachment" "power" {
  role       = aws_iam_role.build.name
  policy_arn = "arn:aws:iam::aws:policy/PowerUserAccess" # ! IAM014 build
}
