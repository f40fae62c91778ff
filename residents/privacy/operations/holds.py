"""Legal holds: nothing may be erased while one stands."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from involvement.auditing import operations as auditing
from involvement.auditing.actors import Actor
from residents.people.models import Person
from residents.privacy.models import LegalHold


@transaction.atomic
def place_hold(
    *,
    person: Person | None = None,
    kind: str = "",
    record_id: int | None = None,
    reason: str,
    ends_on: dt.date | None,
    by: Actor,
    at: dt.datetime,
) -> LegalHold:
    """Let nothing about a person, or one record of a retention kind, be erased. Returns the hold."""
    hold: LegalHold = LegalHold.objects.create(
        person=person,
        kind=kind,
        record_id=record_id,
        reason=reason.strip(),
        started_on=timezone.localdate(at),
        ends_on=ends_on,
        placed_at=at,
        **by.columns(),
    )
    auditing.record(
        verb="privacy.hold_placed",
        record=person or hold,
        sentence="placed a legal hold on what we keep about them" if person else "placed a hold",
        by=by,
        at=at,
    )
    return hold


@transaction.atomic
def release_hold(*, hold: LegalHold, by: Actor, at: dt.datetime) -> LegalHold:
    """End a hold before its day. Returns it."""
    row: LegalHold = LegalHold.objects.select_for_update(of=("self",)).get(pk=hold.pk)
    if row.released_at is None:
        row.released_at = at
        row.save(update_fields=["released_at"])
        auditing.record(
            verb="privacy.hold_released",
            record=row.person or row,
            sentence="released a legal hold",
            by=by,
            at=at,
        )
    return row
