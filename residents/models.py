"""Gathers the models of this package's capabilities for Django."""

from residents.interests.models import (
    ChosenMethod,
    Expression,
    ExpressionMethod,
    ExpressionSubject,
    GroupNote,
    GroupPartner,
    GroupToReach,
    Interest,
    Method,
    MethodWish,
    Offer,
    TenancyVisit,
    VisitMethod,
)
from residents.people.models import Person
from residents.preferences.models import Consent, Need, Purpose, Way, Wording

__all__ = [
    "ChosenMethod",
    "Consent",
    "Expression",
    "ExpressionMethod",
    "ExpressionSubject",
    "GroupNote",
    "GroupPartner",
    "GroupToReach",
    "Interest",
    "Method",
    "MethodWish",
    "Need",
    "Offer",
    "Person",
    "Purpose",
    "TenancyVisit",
    "VisitMethod",
    "Way",
    "Wording",
]
