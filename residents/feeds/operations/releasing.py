"""A reference whose person was erased may be held again: they are a resident once more."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from involvement.auditing import operations as auditing
from involvement.auditing.actors import Actor
from residents.feeds import policies, queries
from residents.feeds.models import ErasedReference


@transaction.atomic
def release_reference(*, reference: str, why: str, by: Actor, at: dt.datetime) -> ErasedReference:
    """From now on a list may bring the person of this reference, as somebody new.

    The line of history says who let it, when and why, and not which reference it was: what was
    erased stays erased. Returns the mark that is gone. Raises NotErasedHere.
    """
    mark = queries.mark_for(reference.strip())
    rows = ErasedReference.objects.select_for_update().filter(mark=mark).order_by("pk")
    row: ErasedReference | None = rows.first() if mark else None
    if row is None:
        raise policies.NotErasedHere
    auditing.record(
        verb="feeds.reference_released",
        record=row,
        sentence=f"let lists bring somebody who was erased again: {why.strip()}",
        by=by,
        at=at,
    )
    rows.delete()
    return row
