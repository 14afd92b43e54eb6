admins   = []
with_mfa = []
