from __future__ import annotations

from django.db import models

from actionplans.plans.models.line import Line
from involvement.isolation.models import LandlordOwned
from residents.representation.models import Gap


class GapLine(LandlordOwned):
    """The line that answers a gap between who takes part and who lives here."""

    gap = models.ForeignKey(Gap, on_delete=models.CASCADE, related_name="lines", db_index=False)
    line = models.ForeignKey(Line, on_delete=models.CASCADE, related_name="gaps")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["landlord", "gap"],
                name="gap_is_answered_by_one_line",
                violation_error_message="This gap has its line already.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.gap} → {self.line}"
