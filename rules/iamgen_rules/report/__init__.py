"""Findings to text, one format per file."""
