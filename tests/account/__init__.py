"""The verdicts on whole accounts, and what their tests share."""
