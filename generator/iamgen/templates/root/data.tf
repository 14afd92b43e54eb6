{% if "account" in locals %}
data "aws_caller_identity" "current" {}

{% endif %}
{% if "partition" in locals %}
data "aws_partition" "current" {}

{% endif %}
{% if locals %}
locals {
{% if "account" in locals %}
  account   = data.aws_caller_identity.current.account_id
{% endif %}
{% if "partition" in locals %}
  partition = data.aws_partition.current.partition
{% endif %}
{% if "signin" in locals %}

  # Where the console switches roles; other partitions have no documented address.
  signin = {{ signin }}
{% endif %}
{% if "self" in locals %}

  self = [
    {{ own_user }},
    {{ own_user_in_path }},
  ]
{% endif %}
{% if "users" in locals %}

  users = {{ users.map }}
{% endif %}
}
{% endif %}
