variable "groups" {
  default = {
    admins  = "arn:aws:iam::aws:policy/AdministratorAccess"
    readers = "arn:aws:iam::aws:policy/ReadOnlyAccess"
  }
}

resource "aws_iam_group" "these" {
  for_each = var.groups
  name     = each.key
}

resource "aws_iam_group_policy_attachment" "these" {
  for_each   = var.groups
  group      = aws_iam_group.these[each.key].name
  policy_arn = each.value # ! IAM002 critical admins
}
