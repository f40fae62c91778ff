"""Forms of how somebody wishes to be reached, what they need and what they allow."""
