data "aws_ami" "this" {
  most_recent = true
  owners      = ["amazon"]

  filter {
    name   = "name"
    values = ["al2023-ami-*-x86_64"]
  }
}

resource "aws_launch_template" "this" {
  name_prefix   = "${var.name}-"
  image_id      = data.aws_ami.this.id
  instance_type = var.type

  user_data = base64encode(<<-SCRIPT
    #!/bin/bash
    set -euo pipefail
    %{for package in var.packages~}
    dnf install -y ${package}
    %{endfor~}
    echo "name=${var.name}" >>/etc/environment
    if [ "$${1:-}" = "{" ]; then exit 1; fi # a brace that closes nothing
    systemctl enable --now app.service
  SCRIPT
  )
}

resource "aws_autoscaling_group" "this" {
  name                = var.name
  min_size            = var.size.least
  max_size            = var.size.most
  vpc_zone_identifier = var.subnets

  launch_template {
    id      = aws_launch_template.this.id
    version = "$Latest"
  }

  dynamic "tag" {
    for_each = { for key, value in var.tags : key => value if value != "" }
    content {
      key                 = tag.key
      value               = tag.value
      propagate_at_launch = true
    }
  }
}
