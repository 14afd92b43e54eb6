"""The verdict again, slowly and plainly: every edit is made in a copy of the account, and everything is decided anew.

Written from the semantics. Shares with the account package its data model, and asks the policy package only to
decide requests in which everything is known.
"""
