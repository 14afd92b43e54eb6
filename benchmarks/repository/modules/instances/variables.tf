variable "name" {
  type = string
}

variable "type" {
  type    = string
  default = "t3.small"
}

variable "packages" {
  type    = list(string)
  default = ["nginx", "amazon-cloudwatch-agent"]
}

variable "size" {
  type = object({
    least = optional(number, 1)
    most  = optional(number, 3)
  })
  default = {}
}

variable "subnets" {
  type = list(string)
}

variable "tags" {
  type    = map(string)
  default = {}
}
