{% include "offline_provider.tf" %}

override_data {
  target = data.aws_caller_identity.current
  values = {
    account_id = "123456789012"
  }
}
