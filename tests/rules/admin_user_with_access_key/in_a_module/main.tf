module "alice" {
  source = "./user"
  name   = "alice"
  policy = "arn:aws:iam::aws:policy/AdministratorAccess"
}

module "bob" {
  source = "./user"
  name   = "bob"
  policy = "arn:aws:iam::aws:policy/job-function/Billing"
}
