resource "aws_subnet" "this" {
  for_each = var.cidrs

  vpc_id     = var.vpc_id
  cidr_block = each.value
  tags       = merge(var.tags, { Name = "${var.name}-${each.key}" })
}

resource "aws_route_table" "this" {
  vpc_id = var.vpc_id
  tags   = var.tags
}

resource "aws_route_table_association" "this" {
  for_each = aws_subnet.this

  subnet_id      = each.value.id
  route_table_id = aws_route_table.this.id
}
