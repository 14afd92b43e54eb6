variable "name" {}

variable "policies" {
  type = map(string)
}

resource "aws_iam_user" "this" {
  name = var.name
}

module "attachment" {
  source   = "../attachment"
  for_each = var.policies
  user     = aws_iam_user.this.name
  policy   = each.value
}
