"""IAM policies: documents, matching, conditions, requests, decision. Pure."""
