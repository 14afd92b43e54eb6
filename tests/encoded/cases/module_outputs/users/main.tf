variable "names" {
  type = set(string)
}

resource "aws_iam_user" "this" {
  for_each = var.names
  name     = each.value
}

output "names" {
  value = [for user in aws_iam_user.this : user.name]
}

output "by_name" {
  value = aws_iam_user.this
}
