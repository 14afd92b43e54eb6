# Users in one module, their rights in another; outputs, splats and arguments hold them together.
module "users" {
  source = "./users"
  names  = ["alice", "bob"]
}

module "access" {
  source = "./access"
  admins = module.users.names
  gated  = values(module.users.by_name)[*].name # @gated
  gated  = slice(values(module.users.by_name)[*].name, 1, 2) # @broken
}
