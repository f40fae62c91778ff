from __future__ import annotations

import datetime as dt

from django.db.models import QuerySet

from involvement.auditing import queries as auditing
from involvement.auditing.models import ViewLogEntry


def narrowed(
    *, by: str = "", person: int | None = None, kind: str = "", since: dt.date | None = None
) -> QuerySet[ViewLogEntry]:
    """The register of looks, newest first, by whom, at whom, of a kind, since a day; "" and None
    narrow nothing."""
    found = auditing.looks()
    if by:
        found = found.filter(by_name=by)
    if person:
        found = found.filter(record_kind="residents.person", record_id=person)
    if kind:
        found = found.filter(kind=kind)
    if since:
        found = found.filter(at__date__gte=since)
    return found
