"""Users, groups and roles of an account; who is an administrator, who is so without MFA, and why. Pure."""
