terraform {
  required_version = {{ required_version }}

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.0"
    }
  }
}
{% if region is not none %}

provider "aws" {
  region = {{ region }}
}
{% endif %}
