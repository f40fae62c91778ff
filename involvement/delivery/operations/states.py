"""How a message comes from one state into another: the one place that sets them."""

from __future__ import annotations

import datetime as dt

from involvement.auditing import operations as auditing
from involvement.auditing.actors import Actor
from involvement.delivery.models import Message


def locked(message: Message) -> Message:
    """The message as it stands now, held until the transaction ends."""
    row: Message = Message.objects.select_for_update(of=("self",)).get(pk=message.pk)
    return row


def put(
    message: Message,
    state: str,
    *,
    at: dt.datetime,
    lease_ends_at: dt.datetime | None = None,
    next_attempt_at: dt.datetime | None = None,
) -> Message:
    """Put a locked message into a state, with the moments that belong to it and no others.

    What goes by itself and is to go again is due at `next_attempt_at`, or at once.
    """
    by_itself = state == Message.State.QUEUED and message.by_itself
    message.sent_at = (message.sent_at or at) if state in Message.WENT else None
    message.delivered_at = at if state == Message.State.DELIVERED else None
    message.lease_ends_at = lease_ends_at
    message.next_attempt_at = (next_attempt_at or at) if by_itself else None
    message.state = state
    if state in {*Message.WENT, Message.State.CANCELLED}:
        message.link = ""
    message.save(
        update_fields=[
            "state",
            "sent_at",
            "delivered_at",
            "lease_ends_at",
            "next_attempt_at",
            "link",
            "attempts",
            "failure",
            "batch",
            "to_address",
            "parts",
        ]
    )
    return message


def tell(message: Message, sentence: str, *, by: Actor, at: dt.datetime) -> None:
    """Write into the message's history how it came into its state."""
    auditing.record(
        verb=f"message.{message.state.lower()}", record=message, sentence=sentence, by=by, at=at
    )
