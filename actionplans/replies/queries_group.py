"""What a group reads of one landlord's replies: totals, never to whom."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q

from actionplans.decisions.models import Decision
from actionplans.feedback.models import Feedback
from actionplans.replies.hearers import TOLD
from actionplans.replies.models import Reply
from actionplans.replies.queries import SAID_BY_NOBODY_TO_TELL
from involvement.calendars.periods import Period


@dataclass(frozen=True)
class TellingTotals:
    """Decided things said in a period by somebody who can be told, or who was told before they
    died or left; of how many they have been."""

    to_tell: int
    told: int


def telling_totals(period: Period) -> TellingTotals:
    """The totals of the landlord in scope. What is in two decided themes is told once both are."""
    decisions = Decision.objects.filter(
        theme__entries__feedback=OuterRef("pk"), replaced_by__isnull=True
    )
    replies = Reply.objects.filter(TOLD, decision=OuterRef("pk"), feedback=OuterRef(OuterRef("pk")))
    counts = (
        Feedback.objects.filter(
            Exists(decisions),
            said_on__range=(period.start, period.end),
        )
        .annotate(is_told=~Exists(decisions.filter(~Exists(replies))))
        .filter(~SAID_BY_NOBODY_TO_TELL | Q(is_told=True))
        .aggregate(to_tell=Count("pk"), told=Count("pk", filter=Q(is_told=True)))
    )
    return TellingTotals(**counts)
