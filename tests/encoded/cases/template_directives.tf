# Directives in a heredoc make the lists.
resource "aws_iam_user" "alice" {
  name = "alice"
}

variable "exempt" {
  type    = list(string)
  default = ["iam:CreateVirtualMFADevice", "iam:EnableMFADevice"] # @open gated
  default = ["iam:CreateVirtualMFADevice", "iam:EnableMFADevice", "iam:Attach*"] # @broken
}

resource "aws_iam_user_policy" "all" {
  user   = aws_iam_user.alice.name
  policy = <<-EOT
    {
      "Version": "2012-10-17",
      "Statement": [
        { # ! open
          "Effect": "Allow",
          "Action": [%{for service in ["iam", "ec2"]}"${service}:*", %{endfor}"*"],
          "Resource": "*"
        }
        # @gated broken
        , {
          "Effect": "Deny",
          "NotAction": [%{for number, action in var.exempt}%{if number > 0}, %{endif}"${action}"%{endfor}], # @gated
          "NotAction": [%{for number, action in var.exempt}%{if number > 0}, %{endif}"${action}"%{endfor}], # @broken !
          "Resource": "*",
          "Condition": {"BoolIfExists": {"aws:MultiFactorAuthPresent": "false"}}
        }
        # @all
      ]
    }
  EOT
}
