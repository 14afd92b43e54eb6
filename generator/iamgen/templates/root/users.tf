{% if users is not none %}
resource "aws_iam_user" "this" {
  #checkov:skip=CKV_AWS_273:IAM users are the case that this file makes safe.
  for_each = {{ users.for_each }}

  name                 = each.key
{% if users.path is not none %}
  path                 = {{ users.path }}
{% endif %}
{% if users.permissions_boundary is not none %}
  permissions_boundary = {{ users.permissions_boundary }}
{% endif %}
  force_destroy        = true # users enrol devices and make keys that Terraform does not know
{% if users.tags is not none %}
  tags                 = {{ users.tags }}
{% endif %}
}
{% endif %}
{% if groupless %}

# Users in no group: the gate is attached to themselves.
resource "aws_iam_user_policy_attachment" "require_mfa" {
  for_each = toset({{ groupless }})

  user       = aws_iam_user.this[each.key].name
  policy_arn = {{ mfa.arn }}

  depends_on = [terraform_data.before_gates]

  lifecycle {
    create_before_destroy = true # no moment without the gate
  }
}
{% endif %}
