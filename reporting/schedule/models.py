from __future__ import annotations

from django.db import models
from django.db.models import Q

from involvement.auditing.models import Acted
from involvement.isolation.models import LandlordOwned
from reporting.catalogue.queries import Every


class ReportSchedule(LandlordOwned, Acted):
    """A landlord's own choice of how often a kind of report is made, and until when it counts."""

    kind = models.CharField(max_length=40)
    every = models.CharField("how often", max_length=7, choices=Every.choices)
    cutoff_days = models.PositiveSmallIntegerField(
        "days after the period until which we count",
        help_text="What is recorded later is left to the next report. The draft is made on the "
        "day after.",
    )
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["landlord", "kind"],
                name="report_schedule_is_one_for_each_kind",
                violation_error_message="This kind of report has a schedule already.",
            ),
            models.CheckConstraint(
                condition=Q(cutoff_days__lte=92),
                name="report_schedule_counts_within_a_quarter",
                violation_error_message="Choose at most 92 days, so that a report is made before "
                "the next is due.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.get_every_display().lower()}"
