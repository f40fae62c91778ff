"""People who ask to be rung."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from involvement.auditing import operations as auditing
from involvement.auditing.actors import Actor
from residents.signin.models import CallBack
from residents.signin.policies import WasRung


@transaction.atomic
def ask_to_be_rung(*, name: str, phone: str, words: str, by: Actor, at: dt.datetime) -> CallBack:
    """Keep that somebody asks to be rung. The same once more while it waits adds none. Returns it."""
    name, phone, words = name.strip(), phone.strip(), words.strip()
    there: CallBack | None = (
        CallBack.objects.filter(name=name, phone=phone, words=words, rung_at__isnull=True)
        .order_by("pk")
        .first()
    )
    if there is not None:
        return there
    row: CallBack = CallBack.objects.create(
        name=name, phone=phone, words=words, asked_at=at, **by.columns()
    )
    auditing.record(verb="call_back.asked", record=row, sentence="asked to be rung", by=by, at=at)
    return row


@transaction.atomic
def note_rung(*, call: CallBack, by: Actor, at: dt.datetime) -> CallBack:
    """Somebody rang them. Returns the row. Raises WasRung."""
    row: CallBack = CallBack.objects.select_for_update(of=("self",)).get(pk=call.pk)
    if row.rung_at is not None:
        raise WasRung
    row.rung_at, row.rung_by = at, by.name[:120]
    row.save(update_fields=["rung_at", "rung_by"])
    auditing.record(verb="call_back.done", record=row, sentence="rang them", by=by, at=at)
    return row
