"""What one principal can do in each of its sessions, and why."""
