"""What was found before, kept in files: never a different answer, only an earlier one."""
