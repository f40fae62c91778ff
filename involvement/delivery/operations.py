from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone

from involvement.auditing.actors import Actor
from involvement.auditing.refusals import Refusal
from involvement.delivery import queries
from involvement.delivery.models import LetterBatch, Message
from involvement.documents.operations import store_file
from involvement.isolation.tasks import enqueue

log = logging.getLogger(__name__)

MOST_ATTEMPTS = 5


class NothingToPrint(Refusal):
    """No letters are waiting to be printed."""


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
    large_print: bool = False,
) -> Message:
    """Put a message in the outbox and have it sent once this transaction is done.

    `key` names the cause, such as "reply:41"; the same key again returns the message that is there.
    E-mail goes by itself; letters wait to be printed; calls and texts wait for an officer.
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
            "large_print": large_print,
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
            EmailMessage(message.subject, message.body, sender, [message.to_address]).send()
        except OSError as failure:  # SMTP and socket errors alike
            log.warning("Message %s did not go: %s", message.pk, type(failure).__name__)
            message.failure = str(failure)[:300]
            if message.attempts >= MOST_ATTEMPTS:
                message.state = Message.State.FAILED
        else:
            message.state, message.sent_at, message.failure = Message.State.SENT, at, ""
        message.save(update_fields=["attempts", "failure", "state", "sent_at"])
        return bool(message.state == Message.State.SENT)


@transaction.atomic
def make_letter_batch(
    *, pdf: bytes, letters: Sequence[Message], by: Actor, at: dt.datetime
) -> LetterBatch:
    """Bind the letters to one PDF to print. Raises NothingToPrint."""
    if not letters:
        raise NothingToPrint
    name = f"letters-{at:%Y-%m-%d-%H%M}.pdf"
    file = store_file(name=name, data=pdf, by=by, at=at)
    batch: LetterBatch = LetterBatch.objects.create(made_at=at, file=file, **by.columns())
    queries.letters_to_print().filter(pk__in=[letter.pk for letter in letters]).order_by().update(
        batch=batch
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
    Message.objects.filter(batch=batch, state=Message.State.QUEUED).update(
        state=Message.State.SENT, sent_at=at
    )
    return batch


@transaction.atomic
def mark_done_by_hand(*, message: Message, by: Actor, at: dt.datetime) -> Message:
    """An officer rang, texted or spoke to them: the message counts as sent."""
    message = Message.objects.select_for_update(of=("self",)).get(pk=message.pk)
    message.state, message.sent_at = Message.State.SENT, at
    message.save(update_fields=["state", "sent_at"])
    return message
