"""Violations to a report."""
