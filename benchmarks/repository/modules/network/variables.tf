variable "name" {
  description = "What everything is named after."
  type        = string
}

variable "cidr" {
  type = string

  validation {
    condition     = can(cidrhost(var.cidr, 0))
    error_message = "This is no range of addresses."
  }
}

variable "zones" {
  type    = number
  default = 3
}

variable "ports" {
  type    = set(number)
  default = [443, 8443]
}

variable "tags" {
  type    = map(string)
  default = {}
}
