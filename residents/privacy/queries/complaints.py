from __future__ import annotations

import datetime as dt

from django.db.models import QuerySet

from residents.privacy.models import DataComplaint


def complaints() -> QuerySet[DataComplaint]:
    """Every complaint about data, oldest first."""
    rows: QuerySet[DataComplaint] = DataComplaint.objects.select_related("person")
    return rows.order_by("received_on", "pk")


def unanswered() -> QuerySet[DataComplaint]:
    """Those nobody has answered yet, oldest first."""
    return complaints().filter(told_on__isnull=True)


def of_nobody() -> QuerySet[DataComplaint]:
    """Those nobody has answered yet that are matched to nobody in the register, oldest first."""
    return unanswered().filter(person__isnull=True)


def answered() -> QuerySet[DataComplaint]:
    """Those that were answered, latest first."""
    return complaints().filter(told_on__isnull=False).order_by("-told_on", "-pk")


def late_to_acknowledge(today: dt.date) -> int:
    """How many have waited longer than the law allows without a word."""
    rows: QuerySet[DataComplaint] = DataComplaint.objects.filter(
        acknowledged_on__isnull=True, acknowledge_by_on__lt=today
    )
    return rows.count()
