{% if group.reason is not none %}
{{ group.reason | comment }}
{% endif %}
{% if group.create %}
resource "aws_iam_group" {{ group.label }} {
  name = {{ group.name }}
{% if group.path is not none %}
  path = {{ group.path }}
{% endif %}
}
{% endif %}
{% if group.policies %}

{% if group.policies_reason is not none %}
{{ group.policies_reason | comment }}
{% endif %}
resource "aws_iam_group_policy_attachment" {{ group.policies_label }} {
  for_each = {{ group.policies }}

  group      = {{ group.value }}
  policy_arn = each.value
}
{% endif %}
{% if group.inline %}

{% if group.inline_reason is not none %}
{{ group.inline_reason | comment }}
{% endif %}
resource "aws_iam_group_policy" {{ group.inline_label }} {
  for_each = {{ group.inline }}

  name   = each.key
  group  = {{ group.value }}
  policy = each.value
}
{% endif %}
{% if group.sudo %}

data "aws_iam_policy_document" {{ group.sudo_label }} {
  statement {
    sid       = "AssumeSudoRoles"
    actions   = ["sts:AssumeRole"]
    resources = {{ group.sudo }}
  }
}

resource "aws_iam_group_policy" {{ group.sudo_label }} {
  name   = "sudo"
  group  = {{ group.value }}
  policy = {{ group.sudo_document }}
}
{% endif %}
{% if group.members is not none %}

resource "aws_iam_user_group_membership" {{ group.label }} {
  for_each = {{ group.members }}

  user   = aws_iam_user.this[each.key].name
  groups = [{{ group.value }}]
}
{% endif %}
{% if group.require_mfa %}

resource "aws_iam_group_policy_attachment" {{ group.gate_label }} {
  group      = {{ group.value }}
  policy_arn = {{ mfa.arn }}

  depends_on = [terraform_data.before_gates]

  lifecycle {
    create_before_destroy = true # no moment without the gate
  }
}
{% endif %}
