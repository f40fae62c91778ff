"""Forms of signing in, of staff and of invitations."""
