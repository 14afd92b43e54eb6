# Names and ARNs as plain text, in no order that references would give.
resource "aws_iam_user_policy_attachment" "admin" {
  user       = "alice"
  policy_arn = "arn:aws:iam::123456789012:policy/everything" # ! open
}

resource "aws_iam_user" "alice" {
  name = "alice"
}

resource "aws_iam_policy" "everything" {
  name   = "everything"
  policy = "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Action\": \"*\", \"Resource\": \"*\"}}"
}

# @gated broken
resource "aws_iam_user_policy_attachment" "gate" {
  user       = "alice"
  policy_arn = "arn:aws:iam::123456789012:policy/gate"
}

resource "aws_iam_policy" "gate" {
  name = "gate"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = {
      Effect    = "Deny"
      NotAction = ["iam:CreateVirtualMFADevice", "iam:EnableMFADevice"]
      Resource  = "*"
      Condition = { BoolIfExists = { "aws:MultiFactorAuthPresent" = "false" } } # @gated
      Condition = { Bool = { "aws:MultiFactorAuthPresent" = "false" } } # @broken !
    }
  })
}
