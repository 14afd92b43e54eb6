"""Tests with a real Terraform against a moto server, and what they share."""
