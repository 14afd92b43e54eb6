variable "region" {
  description = "Where service0000 runs."
  type        = string
  default     = "eu-central-1"
}

variable "environment" {
  type    = string
  default = "production"

  validation {
    condition     = contains(["production", "staging"], var.environment)
    error_message = "There is production, and there is staging."
  }
}

variable "cidr" {
  type    = string
  default = "10.20.0.0/16"
}

variable "queues" {
  type = map(object({
    delay = optional(number, 0)
    fifo  = optional(bool, false)
  }))
  default = {
    orders   = { fifo = true }
    invoices = { delay = 30 }
    letters  = {}
  }
}

variable "team" {
  type    = list(string)
  default = ["alice", "bob"]
}
