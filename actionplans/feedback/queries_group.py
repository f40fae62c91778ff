"""What a group reads of one landlord's log: totals, never what somebody said."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q

from actionplans.feedback.models import Feedback
from involvement.calendars.periods import Period


@dataclass(frozen=True)
class FeedbackTotals:
    """Things said in a period, and how many of them wait for an answer now."""

    heard: int
    waiting: int


def feedback_totals(period: Period) -> FeedbackTotals:
    """The totals of the landlord in scope."""
    counts = Feedback.objects.filter(said_on__range=(period.start, period.end)).aggregate(
        heard=Count("pk"), waiting=Count("pk", filter=Q(state=Feedback.State.OPEN))
    )
    return FeedbackTotals(**counts)
