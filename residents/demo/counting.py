"""Counts the demonstration's segments once everybody is there whom they may hold."""

from __future__ import annotations

from django.utils import timezone

from involvement.calendars.words import count
from involvement.demo.queries import LOADER
from involvement.landlords.models import Landlord
from residents.segments.operations import count_all_anew
from residents.segments.queries import segments


def load(landlord: Landlord, *, full: bool) -> str:
    """Count the segments anew where one was counted on an earlier day."""
    now = timezone.now()
    days = [timezone.localdate(one.counted_at) for one in segments() if one.counted_at]
    if all(day == timezone.localdate(now) for day in days):
        return ""
    return f"{count(count_all_anew(by=LOADER, at=now), 'segment')} counted"
