# iam:AttachUserPolicy on oneself.
resource "aws_iam_user" "alice" {
  name = "alice"
}

data "aws_iam_policy_document" "own" {
  statement { # ! open
    actions   = ["iam:AttachUserPolicy", "iam:List*"]
    resources = ["arn:aws:iam::*:user/&{aws:username}"]
  }
}

resource "aws_iam_user_policy" "own" {
  user   = aws_iam_user.alice.name
  policy = data.aws_iam_policy_document.own.json
}

# @gated broken
resource "aws_iam_user_policy" "gate" {
  user = aws_iam_user.alice.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Deny"
      Action    = "iam:Attach*Policy"
      Resource  = "*"
      Condition = { BoolIfExists = { "aws:MultiFactorAuthPresent" = "false" } } # @gated
      Condition = { Bool = { "aws:MultiFactorAuthPresent" = "false" } } # @broken !
    }]
  })
}
