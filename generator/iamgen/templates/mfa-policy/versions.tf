{% include "module_versions.tf" %}
