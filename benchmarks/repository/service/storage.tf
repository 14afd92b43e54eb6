module "uploads" {
  source = "../../modules/bucket"

  name = "example-service0000-uploads"
  days = 30
}

module "reports" {
  source = "../../modules/bucket"

  name = "example-service0000-reports"
}

/* Tables are kept
   for as long as the law says. */
resource "aws_dynamodb_table" "orders" {
  name         = "${local.short}-orders"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "customer"
  range_key    = "number"

  attribute {
    name = "customer"
    type = "S"
  }

  attribute {
    name = "number"
    type = "N"
  }
}
