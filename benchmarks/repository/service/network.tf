module "network" {
  source = "../../modules/network"

  name  = local.name
  cidr  = var.cidr
  zones = var.environment == "production" ? 3 : 1
  tags  = local.tags
}

resource "aws_vpc_endpoint" "storage" {
  vpc_id       = module.network.vpc_id
  service_name = "com.amazonaws.${var.region}.s3"
}
