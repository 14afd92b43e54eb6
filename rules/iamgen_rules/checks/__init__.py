"""The rules, one file each; dropping a file in registers it."""
