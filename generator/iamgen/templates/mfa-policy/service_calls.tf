dynamic "condition" {
  for_each = var.exempt_aws_service_calls ? [1] : []

  content {
    test     = "BoolIfExists"
    variable = "aws:ViaAWSService"
    values   = ["false"]
  }
}
