from residents.interests.models.expressions import Expression, ExpressionMethod, ExpressionSubject
from residents.interests.models.groups import GroupNote, GroupPartner, GroupToReach
from residents.interests.models.visits import TenancyVisit, VisitMethod
from residents.interests.models.wishes import ChosenMethod, Interest, Method, MethodWish, Offer

__all__ = [
    "ChosenMethod",
    "Expression",
    "ExpressionMethod",
    "ExpressionSubject",
    "GroupNote",
    "GroupPartner",
    "GroupToReach",
    "Interest",
    "Method",
    "MethodWish",
    "Offer",
    "TenancyVisit",
    "VisitMethod",
]
