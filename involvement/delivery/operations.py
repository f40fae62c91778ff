from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterable, Sequence

from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from involvement.auditing import operations as auditing
from involvement.auditing.actors import Actor
from involvement.auditing.refusals import Refusal
from involvement.calendars.words import count
from involvement.delivery import queries
from involvement.delivery.models import LINK, LetterBatch, Message
from involvement.documents.operations import store_file
from involvement.isolation.tasks import enqueue

log = logging.getLogger(__name__)

MOST_ATTEMPTS = 5


class NothingToPrint(Refusal):
    """No letters are waiting to be printed."""


class LettersTaken(Refusal):
    """Somebody else has just made some of these letters into a PDF. Look at the batches below."""


class AlreadySent(Refusal):
    """This has gone already, or was cancelled."""


class NothingToRetry(Refusal):
    """Only what did not go can be tried again."""


class AlreadyPosted(Refusal):
    """These letters have been posted already."""


@transaction.atomic
def queue_message(
    *,
    key: str,
    channel: str,
    to_name: str,
    to_address: str,
    subject: str,
    body: str,
    by: Actor,
    at: dt.datetime,
    formats: Iterable[str] = (),
    link: str = "",
) -> Message:
    """Put a message in the outbox and have it sent once this transaction is done.

    `formats` are those the person asked for, names of `rendering.formats.Format`.
    `key` names the cause, such as "reply:41"; the same key again returns the message that is there.
    `link` takes the place of LINK in the body as it goes. E-mail goes by itself; letters wait to be
    printed; calls, texts and talks wait for an officer.
    """
    message: Message
    message, made = Message.objects.get_or_create(
        key=key,
        defaults={
            "channel": channel,
            "to_name": to_name[:120],
            "to_address": to_address,
            "subject": subject[:200],
            "body": body,
            "link": link,
            "formats": sorted(formats),
            "queued_at": at,
            **by.columns(),
        },
    )
    if made and channel == Message.Channel.EMAIL:
        send_soon()
    return message


def send_soon() -> None:
    """Have the outbox sent after the open transaction. Called once for many messages, too."""
    enqueue("involvement.delivery.tasks.send_outbox")


def send_email(*, message_id: int, sender: str, at: dt.datetime) -> bool:
    """Send one waiting e-mail; its row is held meanwhile, so that no other worker sends it too.

    Returns whether it went. A failure is kept on the row and tried again, five times in all.
    """
    with transaction.atomic():
        message = (
            Message.objects.select_for_update(of=("self",), skip_locked=True)
            .filter(pk=message_id, state=Message.State.QUEUED)
            .order_by("pk")
            .first()
        )
        if message is None:
            return False
        message.attempts += 1
        try:
            body = message.body.replace(LINK, message.link) if message.link else message.body
            EmailMessage(message.subject, body, sender, [message.to_address]).send()
        except OSError as failure:  # SMTP and socket errors alike
            log.warning("Message %s did not go: %s", message.pk, type(failure).__name__)
            message.failure = str(failure)[:300]
            if message.attempts >= MOST_ATTEMPTS:
                message.state = Message.State.FAILED
        else:
            message.state, message.sent_at = Message.State.SENT, at
            message.failure = message.link = ""
        message.save(update_fields=["attempts", "failure", "state", "sent_at", "link"])
        return bool(message.state == Message.State.SENT)


@transaction.atomic
def make_letter_batch(
    *, pdf: bytes, letters: Sequence[Message], by: Actor, at: dt.datetime
) -> LetterBatch:
    """Bind the letters to one PDF to print. Raises NothingToPrint, LettersTaken."""
    if not letters:
        raise NothingToPrint
    keys = [letter.pk for letter in letters]
    waiting = queries.letters_to_print().select_for_update(of=("self",)).filter(pk__in=keys)
    if len(waiting) != len(keys):
        raise LettersTaken
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
        raise AlreadyPosted
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


@transaction.atomic
def mark_done_by_hand(*, message: Message, by: Actor, at: dt.datetime) -> Message:
    """An officer rang, texted or spoke to them: the message counts as sent. Raises AlreadySent."""
    message = _locked(message)
    if message.state != Message.State.QUEUED:
        raise AlreadySent
    return _set_state(message, Message.State.SENT, "passed it on", by=by, at=at, sent_at=at)


@transaction.atomic
def cancel_message(*, message: Message, by: Actor, at: dt.datetime) -> Message:
    """It is not to go after all. Raises AlreadySent. One that is cancelled stays so."""
    message = _locked(message)
    if message.state == Message.State.SENT:
        raise AlreadySent
    return _set_state(message, Message.State.CANCELLED, "cancelled it", by=by, at=at)


@transaction.atomic
def cancel_waiting(*, messages: QuerySet[Message], by: Actor, at: dt.datetime) -> int:
    """Of these messages nothing is to go that waits to go, or did not go. Returns how many.

    As many statements for a thousand as for one.
    """
    waiting = messages.filter(state__in=queries.STILL_TO_GO)
    rows = list(waiting.select_for_update(of=("self",)).order_by("pk"))
    Message.objects.filter(pk__in=[row.pk for row in rows]).update(
        state=Message.State.CANCELLED, link=""
    )
    return auditing.record_many(
        verb="message.cancelled", records=[(row, "cancelled it") for row in rows], by=by, at=at
    )


@transaction.atomic
def retry_message(*, message: Message, by: Actor, at: dt.datetime) -> Message:
    """Try again what did not go. Raises NothingToRetry."""
    message = _locked(message)
    if message.state != Message.State.FAILED:
        raise NothingToRetry
    message.attempts = 0
    message.save(update_fields=["attempts"])
    message = _set_state(message, Message.State.QUEUED, "tries it again", by=by, at=at)
    if message.channel == Message.Channel.EMAIL:
        send_soon()
    return message


@transaction.atomic
def report_failure(*, message: Message, failure: str, by: Actor, at: dt.datetime) -> Message:
    """It came back, however late: the e-mail bounced, the letter was returned. Returns it."""
    message = _locked(message)
    message.failure = failure[:300]
    message.save(update_fields=["failure"])
    return _set_state(message, Message.State.FAILED, f"came back: {failure}", by=by, at=at)


def _locked(message: Message) -> Message:
    row: Message = Message.objects.select_for_update(of=("self",)).get(pk=message.pk)
    return row


def _set_state(
    message: Message,
    state: str,
    sentence: str,
    *,
    by: Actor,
    at: dt.datetime,
    sent_at: dt.datetime | None = None,
) -> Message:
    message.state, message.sent_at = state, sent_at
    if state not in {Message.State.QUEUED, Message.State.FAILED}:
        message.link = ""
    message.save(update_fields=["state", "sent_at", "link"])
    auditing.record(
        verb=f"message.{state.lower()}", record=message, sentence=sentence, by=by, at=at
    )
    return message
