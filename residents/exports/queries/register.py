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
    return exports().filter(expires_at__lte=at).exclude(state=Export.State.GONE)
