"""PostgreSQL with the landlord in scope applied to every statement."""
