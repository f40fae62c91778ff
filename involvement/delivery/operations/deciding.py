"""What an officer says of a message that did not go, may have gone, or came back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db import transaction

from involvement.auditing.actors import Actor
from involvement.auditing.refusals import Refusal
from involvement.delivery import policies
from involvement.delivery.models import Message
from involvement.delivery.operations.queueing import make_ready, send_soon
from involvement.delivery.operations.states import locked, put, tell


@transaction.atomic
def retry_message(*, message: Message, by: Actor, at: dt.datetime) -> Message:
    """Try again what did not go or may not have gone; a letter is printed anew.

    Raises NothingToRetry, LinkForgotten, and for a text what `check_can_text` raises.
    """
    message = locked(message)
    policies.check_can_retry(message)
    make_ready(message)
    message.attempts, message.batch = 0, None
    message = put(message, Message.State.QUEUED, at=at)
    tell(message, "tries it again", by=by, at=at)
    if message.by_itself:
        send_soon(channel=message.channel)
    return message


@transaction.atomic
def mark_gone(*, message: Message, by: Actor, at: dt.datetime) -> Message:
    """An officer knows that it went: it counts as sent. Raises NothingToDecide."""
    message = locked(message)
    policies.check_can_decide(message)
    message.failure = ""
    message = put(message, Message.State.SENT, at=at)
    tell(message, "marked it as gone", by=by, at=at)
    return message


@transaction.atomic
def give_up(*, message: Message, by: Actor, at: dt.datetime) -> Message:
    """Nothing more is tried; why it did not go stays. Raises NothingToDecide."""
    message = locked(message)
    policies.check_can_decide(message)
    message = put(message, Message.State.CANCELLED, at=at)
    tell(message, "gave it up", by=by, at=at)
    return message


ACTS = {"retry": retry_message, "gone": mark_gone, "give_up": give_up}


@transaction.atomic
def decide_many(*, keys: Iterable[int], act: str, by: Actor, at: dt.datetime) -> tuple[int, int]:
    """Do one of ACTS to each of these messages. Returns how many it was done to, and how many
    could not be: somebody else was quicker, or a link is gone. Raises NothingChosen."""
    rows = list(Message.objects.filter(pk__in=list(keys)).order_by("queued_at", "pk"))
    if not rows:
        raise policies.NothingChosen
    done = 0
    for row in rows:
        try:
            ACTS[act](message=row, by=by, at=at)
        except Refusal:
            continue
        done += 1
    return done, len(rows) - done


@transaction.atomic
def report_failure(*, message: Message, failure: str, by: Actor, at: dt.datetime) -> Message:
    """It came back, however late: the e-mail bounced, the letter was returned.

    Returns it. Raises OnItsWay.
    """
    message = locked(message)
    if message.state == Message.State.SENDING:
        raise policies.OnItsWay
    message.failure = failure[:300]
    message = put(message, Message.State.FAILED, at=at)
    tell(message, f"came back: {failure}", by=by, at=at)
    return message
