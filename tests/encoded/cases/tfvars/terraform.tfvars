policies = {
  all  = "arn:aws:iam::aws:policy/AdministratorAccess"
  logs = "arn:aws:iam::aws:policy/CloudWatchLogsFullAccess"
}
operator = "Bool" # @broken
