# Policies are files beside the configuration.
resource "aws_iam_user" "alice" {
  name = "alice"
}

resource "aws_iam_policy" "this" {
  for_each = toset(["everything"]) # @open
  for_each = toset(["everything", "gate"]) # @gated broken
  name     = each.key
  policy   = file("${path.module}/policies/${each.key}.json")
}

resource "aws_iam_user_policy_attachment" "this" {
  for_each   = aws_iam_policy.this
  user       = aws_iam_user.alice.name
  policy_arn = each.value.arn # ! open
}
