"""Sources and their tokens; intakes and their rows; what is kept of those who were erased."""

from residents.feeds.models.erased import ErasedReference, ReferenceSecret
from residents.feeds.models.intakes import Intake, RefusedRow, StagedRow
from residents.feeds.models.sources import Mode, Source, Token

__all__ = [
    "ErasedReference",
    "Intake",
    "Mode",
    "ReferenceSecret",
    "RefusedRow",
    "Source",
    "StagedRow",
    "Token",
]
