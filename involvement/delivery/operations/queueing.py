from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from involvement.auditing import operations as auditing
from involvement.auditing.actors import Actor
from involvement.auditing.refusals import Refusal
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
    unsubscribe_url: str = "",
) -> Message:
    """Put a message in the outbox and have it sent once this transaction is done.

    `formats` are those the person asked for, names of `rendering.formats.Format`.
    `key` names the cause, such as "reply:41"; the same key again returns the message that is there.
    `link` takes the place of LINK in the body as it goes; one press on `unsubscribe_url` takes the
    reader off the list. E-mail goes by itself, texts do where a provider carries them; letters wait
    to be printed, calls, talks and other texts for an officer. A text that cannot go is kept with
    the reason, among what did not go: `check_can_text` says so before.
    """
    there: Message | None = Message.objects.filter(key=key).order_by("pk").first()
    if there is not None:
        return there
    new = Message(
        key=key,
        channel=channel,
        to_name=to_name[:120],
        to_address=to_address,
        subject=subject[:200],
        body=body,
        link=link,
        unsubscribe_url=unsubscribe_url,
        formats=sorted(formats),
        queued_at=at,
        **by.columns(),
    )
    try:
        make_ready(new)
    except Refusal as refused:
        new.state, new.failure = Message.State.FAILED, str(refused)[:300]
    goes = new.state == Message.State.QUEUED and new.by_itself
    new.next_attempt_at = at if goes else None
    try:
        with transaction.atomic():
            new.save(force_insert=True)
    except IntegrityError as refused:
        if "message_for_one_cause_is_sent_once" not in str(refused):
            raise
        # Somebody else was quicker with the same cause
        new = Message.objects.get(key=key)
        goes = False
    if goes:
        send_soon(channel=channel)
    return new


def make_ready(message: Message) -> Message:
    """Give a text its number as providers want it and count its parts, where a provider carries it;
    otherwise an officer texts it. Saves nothing. Returns it. Raises as `check_can_text` does.
    """
    provider = (
        queries.provider_in_use(message.channel)
        if message.channel == Message.Channel.TEXT
        else None
    )
    message.parts = 0
    if provider is not None:
        number, measured = policies.check_can_text(
            message.to_address, message.whole_body, before=provider.before
        )
        message.to_address, message.parts = number, measured.parts
    return message


def send_soon(*, channel: str = Message.Channel.EMAIL) -> None:
    """Have what waits by a channel sent after the open transaction. Called once for many messages,
    too."""
    enqueue("involvement.delivery.tasks.send_outbox", channel=channel)


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
