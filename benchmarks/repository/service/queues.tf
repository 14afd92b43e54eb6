resource "aws_sqs_queue" "this" {
  for_each = var.queues

  name          = each.value.fifo ? "${local.name}-${each.key}.fifo" : "${local.name}-${each.key}"
  fifo_queue    = each.value.fifo
  delay_seconds = each.value.delay
}

resource "aws_sqs_queue_policy" "this" {
  for_each = aws_sqs_queue.this

  queue_url = each.value.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "sns.amazonaws.com" }
      Action    = "sqs:SendMessage"
      Resource  = each.value.arn
    }]
  })
}
