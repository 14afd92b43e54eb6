module "instances" {
  source = "../../modules/instances"

  name    = local.name
  subnets = module.network.subnets.private
  size    = { most = var.environment == "production" ? 12 : 2 }
  tags    = local.tags
}

resource "aws_lambda_function" "mail" {
  function_name = "${local.name}-mail"
  role          = "arn:aws:iam::111122223333:role/mail"
  filename      = "mail.zip"
  handler       = "mail.handle"
  runtime       = "python3.12"

  environment {
    variables = {
      BUCKET = module.uploads.name
      FORMAT = "{\"to\": \"%s\", \"text\": \"}\"}"
    }
  }
}
