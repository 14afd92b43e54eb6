# The code of a function that runs as an administrator.
resource "aws_iam_user" "alice" {
  name = "alice"
}

resource "aws_iam_role" "function" {
  name               = "function"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = ["lambda.amazonaws.com"] } }] })
}

resource "aws_iam_role_policy_attachment" "function" {
  role       = aws_iam_role.function.name
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
}

resource "aws_lambda_function" "cleanup" {
  function_name = "cleanup"
  role          = aws_iam_role.function.arn
  handler       = "main.handler"
  runtime       = "python3.13"
  filename      = "cleanup.zip"
}

resource "aws_iam_user_policy" "deploy" {
  user   = aws_iam_user.alice.name
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["lambda:UpdateFunctionCode", "lambda:InvokeFunction"], Resource = "arn:aws:lambda:*:*:function:*" }] }) # ! open
}

# @gated broken
resource "aws_iam_user_policy" "gate" {
  user = aws_iam_user.alice.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Deny"
      Action    = "lambda:*"
      Resource  = "*"
      Condition = { BoolIfExists = { "aws:MultiFactorAuthPresent" = "false" } } # @gated
      Condition = { Bool = { "aws:MultiFactorAuthPresent" = "false" } } # @broken !
    }]
  })
}
