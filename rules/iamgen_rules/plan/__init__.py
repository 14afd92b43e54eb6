"""Reader of Terraform plans and states in JSON, as `terraform show -json` and OpenTofu's write them."""
