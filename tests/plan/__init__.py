"""Plans and states in JSON, and what their tests share."""
