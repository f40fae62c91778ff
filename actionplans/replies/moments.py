"""What somebody was told, as their story tells it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.urls import reverse

from actionplans.replies import queries
from actionplans.replies.models import Reply
from involvement.accounts.permissions import Permission
from residents.people.models import Person
from residents.timeline.ports import Moment, Teller


def tell(person: Person, limit: int) -> Sequence[Moment]:
    """The latest they were told, or are to be told; one moment for each decision and letter."""
    rows = (
        queries.told_person(person)
        .order_by("-prepared_at", "decision_id", "pk")
        .distinct("prepared_at", "decision_id")
    )
    return [_moment(row) for row in rows[:limit]]


def _moment(row: Reply) -> Moment:
    at, note = _when(row)
    return Moment(
        at=at,
        sentence=f"Told what became of “{row.decision.theme.title}”",
        kind="Told",
        url=reverse("decisions:decision_detail", args=[row.decision_id]),
        note=note,
    )


def _when(row: Reply) -> tuple[dt.datetime, str]:
    how = row.get_channel_display()
    sent_at = row.message.sent_at if row.message else None
    if row.message and row.message.state == "FAILED":
        return row.prepared_at, f"It did not go: {row.message.failure or 'nobody knows why'}"
    told_at = sent_at or row.told_at
    return (told_at, how) if told_at else (row.prepared_at, "Not told yet")


TELLER = Teller("what they were told", Permission.FEEDBACK_READ, tell)
