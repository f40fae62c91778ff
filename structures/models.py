"""Gathers the models of this package's capabilities for Django."""

from structures.bodies.models import Body

__all__ = ["Body"]
