locals {
  zones = slice(data.aws_availability_zones.available.names, 0, var.zones)
  tags  = merge(var.tags, { Module = "network" })
}

data "aws_availability_zones" "available" {
  state = "available"
}

resource "aws_vpc" "this" {
  cidr_block           = var.cidr
  enable_dns_hostnames = true
  tags                 = merge(local.tags, { Name = var.name })
}

resource "aws_internet_gateway" "this" {
  vpc_id = aws_vpc.this.id
  tags   = local.tags
}

module "public" {
  source = "../subnets"

  name   = "${var.name}-public"
  vpc_id = aws_vpc.this.id
  cidrs  = { for index in range(var.zones) : "zone-${index}" => cidrsubnet(var.cidr, 8, index) }
  tags   = local.tags
}

module "private" {
  source = "../subnets"

  name   = "${var.name}-private"
  vpc_id = aws_vpc.this.id
  cidrs  = { for index in range(var.zones) : "zone-${index}" => cidrsubnet(var.cidr, 8, index + 100) }
  tags   = local.tags
}

resource "aws_security_group" "this" {
  name   = var.name
  vpc_id = aws_vpc.this.id

  dynamic "ingress" {
    for_each = var.ports
    content {
      description = "to port ${ingress.value}"
      from_port   = ingress.value
      to_port     = ingress.value
      protocol    = "tcp"
      cidr_blocks = [var.cidr]
    }
  }

  lifecycle {
    create_before_destroy = true
  }
}
