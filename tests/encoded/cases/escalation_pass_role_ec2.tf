# iam:PassRole of an administrator role to EC2; the gate stops another region's calls only.
resource "aws_iam_user" "alice" {
  name = "alice"
}

resource "aws_iam_role" "instance" {
  name = "instance"
  assume_role_policy = <<-EOT
    {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": "ec2.amazonaws.com"}}]}
  EOT
}

resource "aws_iam_role_policy" "instance" {
  role   = aws_iam_role.instance.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "*", Resource = "*" }] })
}

resource "aws_iam_instance_profile" "instance" {
  name = "instance"
  role = aws_iam_role.instance.name
}

resource "aws_iam_user_policy_attachment" "ec2" {
  user       = aws_iam_user.alice.name
  policy_arn = "arn:aws:iam::aws:policy/AmazonEC2FullAccess"
}

resource "aws_iam_user_policy" "pass" {
  user   = aws_iam_user.alice.name
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "iam:PassRole", Resource = "*" }] }) # ! open
}

# @gated broken
data "aws_iam_policy_document" "gate" {
  statement {
    effect    = "Deny"
    actions   = ["ec2:RunInstances", "ec2:RequestSpot*", "iam:*"]
    resources = ["*"]
    condition {
      test     = "BoolIfExists"
      variable = "aws:MultiFactorAuthPresent"
      values   = ["false"]
    }
    # @broken
    condition {
      test     = "StringEquals" # @broken !
      variable = "aws:RequestedRegion"
      values   = ["eu-west-1", "us-east-1"]
    }
    # @gated broken
  }
}

resource "aws_iam_user_policy" "gate" {
  user   = aws_iam_user.alice.name
  policy = data.aws_iam_policy_document.gate.json
}
