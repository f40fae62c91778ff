"""Gathers the models of this package's capabilities for Django."""

from residents.people.models import Person

__all__ = ["Person"]
