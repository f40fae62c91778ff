"""Who lives where: kinds (the landlord's own lists), homes, people."""

from residents.people.models.homes import Home, Tenancy, Tenure
from residents.people.models.kinds import CustomerType, Tag
from residents.people.models.person import Person, PersonTag, Residency
from residents.people.models.terms import PersonTerm

__all__ = [
    "CustomerType",
    "Home",
    "Person",
    "PersonTag",
    "PersonTerm",
    "Residency",
    "Tag",
    "Tenancy",
    "Tenure",
]
