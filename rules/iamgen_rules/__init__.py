"""What iamgen knows: Terraform, IAM semantics, the rules."""
