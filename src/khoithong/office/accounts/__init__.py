"""Accounts: people, their roles in their agency, sign-in, and what a role may do."""
