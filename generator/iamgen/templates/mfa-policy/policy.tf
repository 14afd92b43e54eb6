resource "aws_iam_policy" {{ policy.label }} {
  name        = {{ policy.name }}
  description = {{ policy.description }}
{% if policy.path is not none %}
  path        = {{ policy.path }}
{% endif %}
  policy      = {{ policy.document }}
{% if policy.tags is not none %}
  tags        = {{ policy.tags }}
{% endif %}

  lifecycle {
    # A change of either would detach the gate: AWS makes a new policy for it, and the name is taken.
    ignore_changes = [description, path]
  }
}

check {{ policy.check }} {
  assert {
    condition     = {{ policy.address }}.path == {{ policy.path if policy.path is not none else "/" }}
    error_message = "The policy keeps its path, because AWS cannot move it. To move it, give it a new name as well."
  }
}
