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
{% if moves %}

# Where these are in the self-contained form, so that going over to modules makes nothing anew.
{% for move in moves %}

moved {
  from = {{ move.from }}
  to   = {{ move.to }}
}
{% endfor %}
{% endif %}
