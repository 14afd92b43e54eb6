variable "name" {
  type = string
}

variable "vpc_id" {
  type = string
}

variable "cidrs" {
  description = "The range of each subnet, by its name."
  type        = map(string)
}

variable "tags" {
  type    = map(string)
  default = {}
}
