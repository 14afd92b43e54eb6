{% if inline %}
{% include "root/mfa_policy.tf" %}
{% for role in sudo_roles %}

{% include "root/sudo_role.tf" %}
{% endfor %}
{% for group in groups %}

{% include "root/group.tf" %}
{% endfor %}
{% else %}
{% include "root/module_calls.tf" %}
{% endif %}

{% include "root/users.tf" %}

{% include "root/gates.tf" %}
{% for import in imports %}

import {
  to = {{ import.to }}
  id = {{ import.id }}
}
{% endfor %}
