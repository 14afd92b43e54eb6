# Three modules deep; the gate comes out of one and goes into the other.
module "gate" { # @gated broken
  source = "./modules/gate" # @gated broken
} # @gated broken

module "team" {
  source = "./modules/team"
  admins = ["alice", "bob"]
  gate   = module.gate.arn # @gated
  gate   = { bob = module.gate.arn } # @broken
}
