# Keys by for_each: every instance is found, each at the one block.
variable "admins" {
  default = {
    alice = "arn:aws:iam::aws:policy/AdministratorAccess"
    bob   = "arn:aws:iam::aws:policy/AdministratorAccess"
    carol = "arn:aws:iam::aws:policy/ReadOnlyAccess"
  }
}

resource "aws_iam_user" "this" {
  for_each = var.admins
  name     = each.key
}

resource "aws_iam_user_policy_attachment" "this" {
  for_each   = var.admins
  user       = aws_iam_user.this[each.key].name
  policy_arn = each.value
}

resource "aws_iam_access_key" "this" { # ! IAM012 high alice bob
  for_each = aws_iam_user.this
  user     = each.value.name
}
