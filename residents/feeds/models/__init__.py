"""Sources and their tokens; intakes and their rows."""

from residents.feeds.models.intakes import Intake, RefusedRow, StagedRow
from residents.feeds.models.sources import Mode, Source, Token

__all__ = ["Intake", "Mode", "RefusedRow", "Source", "StagedRow", "Token"]
