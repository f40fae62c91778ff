from __future__ import annotations

import datetime as dt

from django.db.models import QuerySet

from residents.exports.models import Export


def exports() -> QuerySet[Export]:
    """Everything that was taken out, newest first."""
    rows: QuerySet[Export] = Export.objects.select_related("file")
    return rows.order_by("-asked_at", "-pk")


def ready(at: dt.datetime) -> QuerySet[Export]:
    """What can still be fetched."""
    return exports().filter(state=Export.State.READY, expires_at__gt=at)


def expired(at: dt.datetime) -> QuerySet[Export]:
    """What should be gone and is not."""
    gone = (Export.State.GONE, Export.State.ERASED)
    return exports().filter(expires_at__lte=at).exclude(state__in=gone)


def with_files() -> QuerySet[Export]:
    """Every list whose file is there, oldest first."""
    rows: QuerySet[Export] = Export.objects.filter(state=Export.State.READY)
    return rows.select_related("file").order_by("asked_at", "pk")


def found_by_words() -> QuerySet[Export]:
    """Every list that was narrowed by what somebody typed, its file there or not."""
    rows: QuerySet[Export] = Export.objects.filter(narrowed__has_key="q")
    return rows.order_by("asked_at", "pk")
