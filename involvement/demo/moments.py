"""Days and moments counted back from today, within office hours."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone


def day(days_ago: int) -> dt.date:
    """The day so many days ago."""
    return timezone.localdate() - dt.timedelta(days=days_ago)


def moment(on: dt.date, seed: int = 0) -> dt.datetime:
    """A moment between nine and five on a day, never later than now; `seed` spreads them."""
    minutes = 9 * 60 + seed * 37 % (8 * 60)
    at = dt.datetime.combine(
        on, dt.time(minutes // 60, minutes % 60), tzinfo=timezone.get_current_timezone()
    )
    return min(at, timezone.now() - dt.timedelta(seconds=1))


def ago(days_ago: int, seed: int = 0) -> dt.datetime:
    """A moment in office hours so many days ago."""
    return moment(day(days_ago), seed)
