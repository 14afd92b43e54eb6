"""The command line: one module for each command; the only code that prints or exits."""
