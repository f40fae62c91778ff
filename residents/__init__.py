"""WHO: the people who live in a landlord's homes, and how they wish to be reached."""
