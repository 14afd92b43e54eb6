# Everything is denied until the session has MFA; what enrolment needs is exempt.

{% if mfa.reason is not none %}
{{ mfa.reason | comment }}
{% endif %}
data "aws_iam_policy_document" "require_mfa" {
{% for statement in mfa.statements %}
  statement {
    sid       = {{ statement.sid }}
    actions   = {{ statement.actions }}
    resources = {{ resources[statement.resource] }}
  }

{% endfor %}
{% for deny in mfa.denies %}
{% if not loop.first %}

{% endif %}
  statement {
    sid         = {{ deny.sid }}
    effect      = "Deny"
    not_actions = {{ mfa.exempt }}
    resources   = ["*"]

    condition {
      test     = {{ deny.test }}
      variable = {{ deny.variable }}
      values   = [{{ deny.value }}]
    }
{% if mfa.exempt_aws_service_calls %}

    condition {
      test     = "BoolIfExists"
      variable = "aws:ViaAWSService"
      values   = ["false"]
    }
{% endif %}
  }
{% endfor %}
}

{% set policy = mfa %}
{% if unattached is not none %}
{{ unattached | comment }}
{% endif %}
{% include "mfa-policy/policy.tf" %}
