"""Which statements ask for MFA, how each of them fails, and what leaves each open principal open."""
