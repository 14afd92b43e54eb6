"""Reader of Terraform configuration."""
