# Everything is denied until the session has MFA; what enrolment needs is exempt.
{% if mfa.reason is not none %}
{{ mfa.reason | comment }}
{% endif %}
{% if unattached is not none %}
{{ unattached | comment }}
{% endif %}
module "mfa_policy" {
  source = {{ sources["mfa-policy"] }}

  name                       = {{ mfa.name }}
  description                = {{ mfa.description }}
{% if mfa.path is not none %}
  path                       = {{ mfa.path }}
{% endif %}
  self_service               = {{ mfa.self_service }}
{% if mfa.change_password_before_mfa %}
  change_password_before_mfa = true
{% endif %}
{% if mfa.exempt_aws_service_calls %}
  exempt_aws_service_calls   = true
{% endif %}
{% if mfa.max_age is not none %}
  max_age                    = {{ mfa.max_age }}
{% endif %}
{% if mfa.tags is not none %}
  tags                       = {{ mfa.tags }}
{% endif %}
}
{% for role in sudo_roles %}

module {{ role.module_label }} {
  source = {{ sources["sudo-role"] }}

  name                 = {{ role.name }}
  description          = {{ role.description }}
{% if role.path is not none %}
  path                 = {{ role.path }}
{% endif %}
  max_session_duration = {{ role.max_session }}
{% if role.policies %}
  policy_arns          = {{ role.policies }}
{% endif %}
{% if role.inline %}
  inline_policies      = {{ role.inline }}
{% endif %}
{% if role.mfa_max_age is not none %}
  mfa_max_age          = {{ role.mfa_max_age }}
{% endif %}
{% if role.trusted_accounts %}
  trusted_accounts     = {{ role.trusted_accounts }}
{% endif %}
{% if role.user_path is not none %}
  user_path            = {{ role.user_path }}
{% endif %}
{% if role.permissions_boundary is not none %}
  permissions_boundary = {{ role.permissions_boundary }}
{% endif %}
{% if role.tags is not none %}
  tags                 = {{ role.tags }}
{% endif %}
}
{% endfor %}
{% for group in groups %}

{% if group.reason is not none %}
{{ group.reason | comment }}
{% endif %}
module {{ group.module_label }} {
  source = {{ sources["group-attachments"] }}

  name              = {{ group.name }}
{% if not group.create %}
  create            = false
{% endif %}
{% if group.create and group.path is not none %}
  path              = {{ group.path }}
{% endif %}
{% if group.policies %}
  policy_arns       = {{ group.policies }}
{% endif %}
{% if group.inline %}
  inline_policies   = {{ group.inline }}
{% endif %}
{% if group.sudo %}
  sudo_role_arns    = {{ group.sudo }}
{% endif %}
{% if group.members is not none %}
  users             = [for name in {{ group.members }} : aws_iam_user.this[name].name]
{% endif %}
{% if group.require_mfa %}
  mfa_policy_arn    = {{ mfa.arn }}
  attach_gate_after = terraform_data.before_gates.id
{% else %}
  require_mfa       = false
{% endif %}
}
{% endfor %}
