"""The report's three faces: the desk makes it, the public and the board read it."""
