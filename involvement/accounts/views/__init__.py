"""Pages of signing in, of one's own log-in, of staff, teams, roles and invitations."""
