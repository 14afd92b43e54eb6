"""What iamgen does: the command line, rendering, writing files."""
