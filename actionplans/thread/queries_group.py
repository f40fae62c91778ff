"""What a group reads of one landlord's threads: how many there are and how often they are cut."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from actionplans.feedback.models import Feedback, Theme, ThemeEntry
from actionplans.thread.queries import COUNTED, KINDS, broken
from involvement.landlords.models import Landlord


@dataclass(frozen=True)
class ThreadTotals:
    """Themes, with what is in none and still open; and the cuts in them, as the landlord's own
    page of broken threads counts them, each kind no further than a thousand."""

    threads: int
    cuts: int


def thread_totals(landlord: Landlord, today: dt.date) -> ThreadTotals:
    """The totals of the landlord in scope, which is given for the days it promises."""
    cuts = sum(broken(kind, landlord, today).order_by()[:COUNTED].count() for kind in KINDS)
    loose = Feedback.objects.filter(
        ~Exists(ThemeEntry.objects.filter(feedback=OuterRef("pk"))), state=Feedback.State.OPEN
    ).count()
    themes = Theme.objects.exclude(state=Theme.State.MERGED).count()
    return ThreadTotals(threads=themes + loose, cuts=cuts)
