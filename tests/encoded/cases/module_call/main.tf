# A module makes the user, the grant and the gate.
module "alice" {
  source   = "./modules/user"
  name     = "alice"
  policies = ["AdministratorAccess"]
  mfa      = "BoolIfExists" # @gated
  mfa      = "Bool" # @broken
}
