output "require_mfa_policy_arn" {
  description = "ARN of the policy that denies everything until the session has MFA."
  value       = {{ mfa.arn }}
}
{% if sudo_roles %}

output "sudo_role_arns" {
  description = "ARN of each sudo role, by name."
  value       = { for role in {{ sudo_role_values }} : role.name => role.arn }
}

output "switch_role_links" {
  description = "Console link that switches to each sudo role, by name; empty where the partition has none."
  value = {
    for role in {{ sudo_role_values }} :
{% if inline %}
    role.name => join("", [
      "https://${local.signin[local.partition]}/switchrole?account=${local.account}",
      "&roleName=${urlencode(trimprefix("${role.path}${role.name}", "/"))}",
      "&displayName=${urlencode(role.name)}",
    ])
    if contains(keys(local.signin), local.partition)
{% else %}
    role.name => role.switch_role_link
    if role.switch_role_link != null
{% endif %}
  }
}
{% endif %}
