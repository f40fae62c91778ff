"""Pages of signing in, of a resident's first page, and of the officers who help."""
