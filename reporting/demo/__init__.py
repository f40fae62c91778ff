"""The demonstration's reports: two published ones for each landlord, made by the worker after the
loading, so that nobody waits for them."""
