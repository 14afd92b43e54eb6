data "aws_iam_policy_document" {{ role.trust_label }} {
  statement {
    sid     = "AssumeWithMFA"
    actions = ["sts:AssumeRole"]

    principals {
      type        = "AWS"
      identifiers = {{ role.trusted }}
    }

    condition {
      test     = "Bool"
      variable = "aws:MultiFactorAuthPresent"
      values   = ["true"]
    }
{% if role.mfa_max_age is not none %}

    condition {
      test     = "NumericLessThan"
      variable = "aws:MultiFactorAuthAge"
      values   = [{{ role.mfa_max_age | string }}]
    }
{% endif %}
{% if role.trusted_users is not none %}

    condition {
      test     = "ArnLike"
      variable = "aws:PrincipalArn"
      values   = {{ role.trusted_users }}
    }
{% endif %}
  }
}

{% include "sudo-role/role.tf" %}
