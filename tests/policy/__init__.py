"""Policies: documents, decisions, and the second implementation that checks them."""
