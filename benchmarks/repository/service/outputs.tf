output "network" {
  value = module.network.vpc_id
}

output "buckets" {
  value = [module.uploads.arn, module.reports.arn]
}

output "queues" {
  description = "By name, of service0000."
  value       = { for name, queue in aws_sqs_queue.this : name => queue.arn }
}
