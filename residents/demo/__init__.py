"""Invented residents of the demonstration: names, addresses, and the way each likes to be told."""
