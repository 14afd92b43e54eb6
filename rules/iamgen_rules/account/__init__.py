"""Users, groups, roles, policies; the verdict and its proof. Pure."""
