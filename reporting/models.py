"""Gathers the models of this package's capabilities for Django."""
