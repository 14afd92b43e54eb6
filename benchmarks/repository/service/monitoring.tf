resource "aws_cloudwatch_metric_alarm" "age" {
  for_each = local.alarms

  alarm_name          = "${local.name}-${each.key}-age"
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 3
  metric_name         = "ApproximateAgeOfOldestMessage"
  namespace           = "AWS/SQS"
  period              = 60
  statistic           = "Maximum"
  threshold           = each.value
  dimensions          = { QueueName = aws_sqs_queue.this[each.key].name }
}

resource "aws_cloudwatch_dashboard" "this" {
  dashboard_name = local.name
  dashboard_body = <<EOT
{
  "widgets": [
    {"type": "text", "properties": {"markdown": "# service0000\nIn ${var.region}: ${join(", ", keys(var.queues))}"}}
  ]
}
EOT
}
