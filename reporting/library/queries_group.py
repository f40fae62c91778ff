"""What a group reads of one landlord's library: how many reports are out."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q

from involvement.calendars.periods import Period
from reporting.library.models import Report


@dataclass(frozen=True)
class ReportTotals:
    """Reports on times that ended in a period, each in its latest version; and those published."""

    reports: int
    published: int


def report_totals(period: Period) -> ReportTotals:
    """The totals of the landlord in scope."""
    counts = (
        Report.objects.filter(period_end_on__range=(period.start, period.end))
        .values("kind", "audience", "period_start_on", "period_end_on")
        .annotate(out=Count("pk", filter=Q(state=Report.State.PUBLISHED)))
        .aggregate(reports=Count("kind"), published=Count("kind", filter=Q(out__gt=0)))
    )
    return ReportTotals(**counts)
