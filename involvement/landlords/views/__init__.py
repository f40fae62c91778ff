"""The settings pages of a landlord."""
