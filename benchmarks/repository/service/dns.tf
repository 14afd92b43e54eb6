data "aws_route53_zone" "this" {
  name = "example.com"
}

resource "aws_route53_record" "this" {
  count = var.environment == "production" ? 2 : 1

  zone_id = data.aws_route53_zone.this.zone_id
  name    = format("service0000-%02d", count.index)
  type    = "CNAME"
  ttl     = 300
  records = ["lb.example.com"]
}
