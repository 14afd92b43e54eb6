variable "admins" {
  type = list(string)
}

variable "gate" {
  type    = any
  default = null
}

module "member" {
  source   = "../member"
  for_each = toset(var.admins)
  name     = each.key
  policies = { admin = "arn:aws:iam::aws:policy/AdministratorAccess" } # @open
  policies = { admin = "arn:aws:iam::aws:policy/AdministratorAccess", gate = var.gate } # @gated
  policies = merge({ admin = "arn:aws:iam::aws:policy/AdministratorAccess" }, each.key == "bob" ? { gate = var.gate["bob"] } : {}) # @broken
}
