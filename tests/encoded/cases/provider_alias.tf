# Two accounts: a user of the same name, and the gate, are in the other one.
provider "aws" {
  region = "eu-west-1"
}

provider "aws" {
  alias  = "production"
  region = "eu-west-1"
}

resource "aws_iam_user" "alice" {
  provider = aws.production
  name     = "alice"
}

resource "aws_iam_user_policy_attachment" "admin" {
  provider   = aws.production
  user       = aws_iam_user.alice.name
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess" # ! open broken
}

# @gated broken
data "aws_iam_policy_document" "gate" {
  statement {
    effect      = "Deny"
    not_actions = ["iam:CreateVirtualMFADevice", "iam:EnableMFADevice"]
    resources   = ["*"]
    condition {
      test     = "BoolIfExists"
      variable = "aws:MultiFactorAuthPresent"
      values   = ["false"]
    }
  }
}

# @broken
resource "aws_iam_user" "other" {
  name = "alice"
}

# @gated broken
resource "aws_iam_user_policy" "gate" {
  provider = aws.production # @gated
  user     = "alice"
  policy   = data.aws_iam_policy_document.gate.json
}
