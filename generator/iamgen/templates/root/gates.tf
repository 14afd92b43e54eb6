{% if gates %}
# The gates are attached last, so that whoever applies this without MFA has finished before the door closes.
resource "terraform_data" "before_gates" {
  depends_on = {{ before_gates }}
}

# An old gate, or a group that a user leaves, waits for this; this waits for every new gate and membership.
resource "terraform_data" "gates" {
  input = {{ gates }}
}
{% endif %}
