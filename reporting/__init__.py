"""SHOW: frozen reports, read off the thread."""
