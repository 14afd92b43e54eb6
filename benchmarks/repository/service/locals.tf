locals {
  name  = "service0000-${var.environment}"
  short = substr(replace(local.name, "-", ""), 0, 20)

  tags = {
    Service     = "service0000"
    Environment = title(var.environment)
    Cost        = var.environment == "production" ? "operations" : "development"
  }

  alarms = { for name, queue in var.queues : name => queue.delay * 60 + 300 }
}
