"""Where a day begins and ends, as moments of the time zone in force."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone


def start_of_day(day: dt.date) -> dt.datetime:
    """The first moment of a day."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))


def end_of_day(day: dt.date) -> dt.datetime:
    """The moment at which a day is over: the first of the next."""
    return start_of_day(day + dt.timedelta(days=1))
