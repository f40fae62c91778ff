"""One try to send a message: the lease before the provider is spoken to, and what came of it.

What a worker learns is written however late, and one thing is never undone: what a provider took
has gone, and is not sent again.
"""

from __future__ import annotations

import datetime as dt
import re
import secrets

from django.conf import settings
from django.db import transaction

from involvement.auditing.actors import Actor
from involvement.delivery import backoff
from involvement.delivery.models import DeliveryAttempt, Message, Provider
from involvement.delivery.operations.providers import hold_provider, release_provider
from involvement.delivery.operations.states import locked, put, tell
from involvement.delivery.queries import ASKED_FOR
from involvement.delivery.transports import (
    Accepted,
    Asked,
    Outcome,
    Refused,
    Standing,
    TryLater,
    Unsure,
)

NOBODY_KNOWS = "The worker stopped before it could write whether the provider took it."
SAID_NOTHING = "The provider said nothing to each try, and has no such message."

_KINDS: dict[type[Outcome], DeliveryAttempt.Outcome] = {
    Accepted: DeliveryAttempt.Outcome.ACCEPTED,
    Refused: DeliveryAttempt.Outcome.REFUSED,
    TryLater: DeliveryAttempt.Outcome.LATER,
    Unsure: DeliveryAttempt.Outcome.UNSURE,
}


@transaction.atomic(durable=True)
def lease_message(
    *, message_id: int, provider: Provider, by: Actor, at: dt.datetime
) -> DeliveryAttempt | None:
    """Take a message that is due, so that nobody else sends it. Once this is committed the provider
    may be spoken to. None where somebody else has it, or it is to go no more.
    """
    message: Message | None = (
        Message.objects.select_for_update(of=("self",), skip_locked=True)
        .filter(
            pk=message_id,
            state=Message.State.QUEUED,
            channel=provider.channel,
            next_attempt_at__lte=at,
        )
        .order_by("pk")
        .first()
    )
    if message is None:
        return None
    lease = dt.timedelta(seconds=settings.DELIVERY_LEASE_SECONDS)
    put(message, Message.State.SENDING, at=at, lease_ends_at=at + lease)
    attempt: DeliveryAttempt = DeliveryAttempt.objects.create(
        message=message,
        provider=provider,
        number=DeliveryAttempt.objects.filter(message=message).count() + 1,
        reference=secrets.token_hex(16),
        began_at=at,
    )
    return attempt


@transaction.atomic
def note_outcome(
    *, attempt: DeliveryAttempt, outcome: Outcome, by: Actor, at: dt.datetime
) -> Message:
    """Write what a provider said to an attempt, and what that makes of the message. Returns it."""
    message = locked(attempt.message)
    was_open = _end(attempt, _KINDS[type(outcome)], outcome, at)
    if isinstance(outcome, Accepted):
        return _took(attempt, message, was_open=was_open, by=by, at=at)
    held_until = None
    if isinstance(outcome, (TryLater, Unsure)) and outcome.holds_provider:
        held_until = hold_provider(
            provider=attempt.provider, because=outcome.words, by=by, at=at
        ).held_until_at
    if not was_open or message.state != Message.State.SENDING:
        return message
    message.failure = outcome.words[:300]
    if isinstance(outcome, Unsure):
        return _stuck(message, Message.State.UNSURE, by=by, at=at)
    if held_until is not None:
        return put(message, Message.State.QUEUED, at=at, next_attempt_at=held_until)
    if isinstance(outcome, Refused):
        message.attempts += 1
        return _stuck(message, Message.State.FAILED, by=by, at=at)
    return _once_more(message, by=by, at=at)


@transaction.atomic
def note_asked(*, attempt: DeliveryAttempt, asked: Asked, by: Actor, at: dt.datetime) -> Message:
    """Write what a provider says of a message it was asked about, by the reference of an attempt.

    What never came to the provider goes again by itself; where nobody can say, an officer decides.
    """
    message = locked(attempt.message)
    kinds, standing = DeliveryAttempt.Outcome, asked.standing
    if standing == Standing.NO_ANSWER and at - attempt.began_at < ASKED_FOR:
        return message
    if standing in {Standing.WENT, Standing.DELIVERED, Standing.RETURNED}:
        was_open = _end(attempt, kinds.ACCEPTED, Accepted(asked.reference), at)
        message = _took(attempt, message, was_open=was_open, by=by, at=at)
        return _arrived(attempt, message, asked, by=by, at=at)
    never_came = standing == Standing.NEVER_CAME
    said = Unsure("", "" if never_came else NOBODY_KNOWS)
    was_open = _end(attempt, kinds.NEVER_CAME if never_came else kinds.UNSURE, said, at)
    # A lease of its own goes with an open attempt; any other is somebody else's
    own_lease = was_open and message.state == Message.State.SENDING
    latest = not _is_superseded(attempt)
    if never_came and own_lease:
        return put(message, Message.State.QUEUED, at=at)
    if never_came and latest and message.state == Message.State.UNSURE:
        message.failure = SAID_NOTHING
        return _once_more(message, by=by, at=at)
    if own_lease:
        message.failure = NOBODY_KNOWS
        return _stuck(message, Message.State.UNSURE, by=by, at=at)
    return message


def _is_superseded(attempt: DeliveryAttempt) -> bool:
    return attempt.message.tries.filter(number__gt=attempt.number).exists()


def _end(
    attempt: DeliveryAttempt, kind: DeliveryAttempt.Outcome, outcome: Outcome, at: dt.datetime
) -> bool:
    """Close an attempt. Answers whether it was open; one that is closed takes better news only."""
    row = DeliveryAttempt.objects.select_for_update(of=("self",)).get(pk=attempt.pk)
    kinds = DeliveryAttempt.Outcome
    was_open: bool = row.outcome == kinds.OPEN
    known_now = kind == kinds.NEVER_CAME and row.outcome == kinds.UNSURE
    if was_open or known_now or kind == kinds.ACCEPTED:
        row.outcome, row.ended_at = kind, row.ended_at or at
        said = without_address(outcome.answer, attempt.message.to_address)[:300]
        row.answer = said or row.answer
        if isinstance(outcome, Accepted):
            row.their_reference = outcome.reference[:200] or row.their_reference
        row.save(update_fields=["outcome", "ended_at", "answer", "their_reference"])
    return was_open


def _took(
    attempt: DeliveryAttempt, message: Message, *, was_open: bool, by: Actor, at: dt.datetime
) -> Message:
    """The provider took it. Also a message that was given up, or waits again, has gone then."""
    if attempt.provider.holds:
        release_provider(provider=attempt.provider, by=by, at=at)
        attempt.provider.holds = 0
    somebody_elses = message.state == Message.State.SENDING and not was_open
    if somebody_elses or message.state in Message.WENT:
        return message
    message.attempts += was_open
    message.failure = ""
    return put(message, Message.State.SENT, at=at)


def _arrived(
    attempt: DeliveryAttempt, message: Message, asked: Asked, *, by: Actor, at: dt.datetime
) -> Message:
    """It came to its reader, or it came back: what an earlier try came to says nothing of a later."""
    if asked.standing == Standing.RETURNED and _is_superseded(attempt):
        return message
    if asked.standing == Standing.DELIVERED and message.state == Message.State.SENT:
        return put(message, Message.State.DELIVERED, at=at)
    if asked.standing == Standing.RETURNED and message.state in Message.WENT:
        message.failure = asked.words[:300]
        return _stuck(message, Message.State.FAILED, by=by, at=at)
    return message


def _once_more(message: Message, *, by: Actor, at: dt.datetime) -> Message:
    """It did not go: it does later, unless it has been tried too often."""
    message.attempts += 1
    if message.attempts >= backoff.MOST_ATTEMPTS:
        return _stuck(message, Message.State.FAILED, by=by, at=at)
    wait = backoff.after(message.attempts, of=f"message:{message.pk}")
    return put(message, Message.State.QUEUED, at=at, next_attempt_at=at + wait)


def _stuck(message: Message, state: str, *, by: Actor, at: dt.datetime) -> Message:
    message = put(message, state, at=at)
    first = (
        "does not know whether it went" if state == Message.State.UNSURE else "could not send it"
    )
    tell(message, f"{first}: {message.failure}", by=by, at=at)
    return message


def without_address(answer: str, address: str) -> str:
    """A provider's answer without the address it was about, which is somebody's."""
    whose = address.partition("@")[0]
    for known in filter(None, (address, whose if len(whose) > 3 else "")):
        answer = re.sub(re.escape(known), "the address", answer, flags=re.IGNORECASE)
    return answer
