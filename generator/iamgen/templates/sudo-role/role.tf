resource "aws_iam_role" {{ role.label }} {
  #checkov:skip=CKV_AWS_61:The account root delegates to identity policies, and the trust requires MFA.
  #checkov:skip=CKV_AWS_274:Break-glass role, assumable only with MFA.
  name                 = {{ role.name }}
  description          = {{ role.description }}
{% if role.path is not none %}
  path                 = {{ role.path }}
{% endif %}
  assume_role_policy   = {{ role.trust }}
  max_session_duration = {{ role.max_session }}
{% if role.permissions_boundary is not none %}
  permissions_boundary = {{ role.permissions_boundary }}
{% endif %}
{% if role.tags is not none %}
  tags                 = {{ role.tags }}
{% endif %}

  lifecycle {
    ignore_changes = [path] # AWS cannot move a role, and a second one needs another name
  }
}

check {{ role.check }} {
  assert {
    condition     = {{ role.address }}.path == {{ role.path if role.path is not none else "/" }}
    error_message = "The role keeps its path, because AWS cannot move it. To move it, give it a new name as well."
  }
}
{% if role.policies %}

resource "aws_iam_role_policy_attachment" {{ role.policies_label }} {
  #checkov:skip=CKV_AWS_274:Break-glass role, assumable only with MFA.
  for_each = {{ role.policies }}

  role       = {{ role.address }}.name
  policy_arn = each.value
}
{% endif %}
{% if role.inline %}

resource "aws_iam_role_policy" {{ role.inline_label }} {
  for_each = {{ role.inline }}

  name   = each.key
  role   = {{ role.address }}.name
  policy = each.value
}
{% endif %}
