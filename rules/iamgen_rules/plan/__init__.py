"""Reader of Terraform plans and states in JSON."""
