variable "name" {
  type = string
}

variable "policies" {
  type    = set(string)
  default = []
}

# @gated broken
variable "mfa" {
  type = string
}
# @all

resource "aws_iam_user" "this" {
  name = var.name
}

resource "aws_iam_user_policy_attachment" "this" {
  for_each   = var.policies
  user       = aws_iam_user.this.name
  policy_arn = "arn:aws:iam::aws:policy/${each.value}" # ! open
}

# @gated broken
resource "aws_iam_user_policy" "gate" {
  user = aws_iam_user.this.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Deny"
      NotAction = ["iam:CreateVirtualMFADevice", "iam:EnableMFADevice"]
      Resource  = "*"
      Condition = { (var.mfa) = { "aws:MultiFactorAuthPresent" = "false" } } # ! broken
    }]
  })
}
