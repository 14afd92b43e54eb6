output "vpc_id" {
  value = aws_vpc.this.id
}

output "subnets" {
  value = { public = module.public.ids, private = module.private.ids }
}

output "security_group" {
  description = "The group of what runs here."
  value       = aws_security_group.this.id
}
