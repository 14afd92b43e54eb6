# A template with variables, loops and conditions.
resource "aws_iam_user" "alice" {
  name = "alice"
}

resource "aws_iam_user_policy" "all" {
  user = aws_iam_user.alice.name
  policy = templatefile("${path.module}/policy.json.tftpl", {
    grants   = ["s3:*", "*"]
    mfa      = false # @open
    mfa      = true # @gated broken
    operator = "BoolIfExists" # @open gated
    operator = "Bool" # @broken
  })
}
