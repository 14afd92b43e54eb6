"""What one principal can do, and why."""
