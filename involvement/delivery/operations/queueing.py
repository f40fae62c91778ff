from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.db.models import QuerySet

from involvement.auditing import operations as auditing
from involvement.auditing.actors import Actor
from involvement.delivery import policies, queries
from involvement.delivery.models import Message
from involvement.delivery.operations.states import locked, put, tell
from involvement.isolation.tasks import enqueue


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
    by_itself = channel == Message.Channel.EMAIL
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
            "next_attempt_at": at if by_itself else None,
            **by.columns(),
        },
    )
    if made and by_itself:
        send_soon()
    return message


def send_soon() -> None:
    """Have the outbox sent after the open transaction. Called once for many messages, too."""
    enqueue("involvement.delivery.tasks.send_outbox")


@transaction.atomic
def mark_done_by_hand(*, message: Message, by: Actor, at: dt.datetime) -> Message:
    """An officer rang, texted or spoke to them: the message counts as sent. Raises AlreadySent."""
    message = locked(message)
    if message.state != Message.State.QUEUED:
        raise policies.AlreadySent
    message = put(message, Message.State.SENT, at=at)
    tell(message, "passed it on", by=by, at=at)
    return message


@transaction.atomic
def cancel_message(*, message: Message, by: Actor, at: dt.datetime) -> Message:
    """It is not to go after all. Raises AlreadySent, OnItsWay. One that is cancelled stays so."""
    message = locked(message)
    policies.check_can_cancel(message)
    message = put(message, Message.State.CANCELLED, at=at)
    tell(message, "cancelled it", by=by, at=at)
    return message


@transaction.atomic
def cancel_waiting(*, messages: QuerySet[Message], by: Actor, at: dt.datetime) -> int:
    """Of these messages nothing is to go that can still go. Returns how many.

    As many statements for a thousand as for one.
    """
    waiting = messages.filter(state__in=queries.STILL_TO_GO)
    rows = list(waiting.select_for_update(of=("self",)).order_by("pk"))
    Message.objects.filter(pk__in=[row.pk for row in rows]).update(
        state=Message.State.CANCELLED, link="", next_attempt_at=None
    )
    return auditing.record_many(
        verb="message.cancelled", records=[(row, "cancelled it") for row in rows], by=by, at=at
    )
