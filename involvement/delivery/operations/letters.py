from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from involvement.auditing import operations as auditing
from involvement.auditing.actors import Actor
from involvement.calendars.words import count
from involvement.delivery import policies, queries
from involvement.delivery.models import LetterBatch, Message
from involvement.documents.operations import store_file


@transaction.atomic
def make_letter_batch(
    *, pdf: bytes, letters: Sequence[Message], by: Actor, at: dt.datetime
) -> LetterBatch:
    """Bind the letters to one PDF to print. Raises NothingToPrint, LettersTaken."""
    if not letters:
        raise policies.NothingToPrint
    keys = [letter.pk for letter in letters]
    waiting = queries.letters_to_print().select_for_update(of=("self",)).filter(pk__in=keys)
    if len(waiting) != len(keys):
        raise policies.LettersTaken
    file = store_file(name=f"letters-{at:%Y-%m-%d-%H%M}.pdf", data=pdf, by=by, at=at)
    batch: LetterBatch = LetterBatch.objects.create(made_at=at, file=file, **by.columns())
    Message.objects.filter(pk__in=keys).update(batch=batch)
    auditing.record(
        verb="letters.printed",
        record=batch,
        sentence=f"made {count(len(keys), 'letter')} into one PDF",
        by=by,
        at=at,
    )
    return batch


@transaction.atomic
def mark_posted(*, batch: LetterBatch, by: Actor, at: dt.datetime) -> LetterBatch:
    """The letters are in the post. Raises AlreadyPosted."""
    batch = LetterBatch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    if batch.posted_on:
        raise policies.AlreadyPosted
    batch.posted_on = timezone.localdate(at)
    batch.save(update_fields=["posted_on"])
    posted = Message.objects.filter(batch=batch, state=Message.State.QUEUED).update(
        state=Message.State.SENT, sent_at=at, link=""
    )
    auditing.record(
        verb="letters.posted",
        record=batch,
        sentence=f"posted {count(posted, 'letter')}",
        by=by,
        at=at,
    )
    return batch
