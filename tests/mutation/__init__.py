"""The generator and the linter test each other: what is rendered is silent, and what weakens it is found."""
