"""Has what is due sent, each message at most once; asks after what a killed worker left.

Three steps for each: lease it and commit; speak to the provider, with no transaction open; write
what came of it. Whoever is killed in between leaves a lease behind, which is never sent again
unless the provider says that it never had the message, or an officer decides so.
"""

from __future__ import annotations

import datetime as dt
import time
from typing import Final

from django.utils import timezone

from involvement.auditing.actors import Actor, job
from involvement.delivery import operations, queries, rates, telephone, texts
from involvement.delivery.models import DeliveryAttempt, Message, Provider
from involvement.delivery.policies import NotAsked, NotTried, NoWordFromProvider
from involvement.delivery.transports import (
    Accepted,
    Asked,
    CannotBeOpened,
    Outgoing,
    Standing,
    Transport,
    can_be_asked,
    for_provider,
)
from involvement.landlords.models import Landlord

OUTBOX: Final = job("The outbox")
AT_ONCE: Final = 200
REMEMBERED: Final = dt.timedelta(days=2)
"""So long every provider remembers a message; GOV.UK Notify can be set to three days."""
LONGEST_RUN: Final = 60
"""Seconds after which a run makes room for others."""


def send_due(channel: str = Message.Channel.EMAIL) -> float | None:
    """Send what is due by a channel, as far as its provider takes it. Answers after how many seconds
    there is more to send, None where there is not, or where the provider is held back."""
    at = timezone.now()
    provider = operations.provider_for(channel=channel, by=OUTBOX, at=at)
    if provider is None or provider.is_held(at):
        return None
    keys = list(queries.due(at, channel).values_list("pk", flat=True)[:AT_ONCE])
    transport = _opened(provider) if keys else None
    if transport is None:
        return None
    try:
        wait = _send_all(keys, provider, transport)
    finally:
        transport.close()
    if wait == 0 and not queries.due(timezone.now(), channel).exists():
        return None
    return wait


def take_up(channel: str = Message.Channel.EMAIL) -> int:
    """Ask after every message of which its worker has left no word, or whose provider said nothing.
    Returns how many."""
    at = timezone.now()
    found = list(queries.without_word(at, channel)[:AT_ONCE])
    found += queries.met_silence(at, channel)[:AT_ONCE]
    for attempt in found:
        operations.note_asked(attempt=attempt, asked=_ask(attempt), by=OUTBOX, at=timezone.now())
    return len(found)


def ask_after(*, message: Message, by: Actor) -> Message:
    """Ask the provider what became of a message. Raises NotAsked, NoWordFromProvider."""
    # The latest try: an earlier one says nothing of what went after it
    attempt = queries.tries_of(message).first()
    if attempt is None or not can_be_asked(attempt.provider):
        raise NotAsked
    asked = _ask(attempt)
    if asked.standing == Standing.NO_ANSWER:
        raise NoWordFromProvider
    return operations.note_asked(attempt=attempt, asked=asked, by=by, at=timezone.now())


def try_out(*, provider: Provider, to: str, landlord: Landlord, by: Actor) -> Provider:
    """Send a test message and keep what came of it, in words. Raises NotTried."""
    at = timezone.now()
    if rates.take(provider, at):
        raise NotTried
    try:
        transport = for_provider(provider)
    except CannotBeOpened as refused:
        return operations.note_try(
            provider=provider, words=str(refused.__doc__), went=False, by=by, at=at
        )
    message = Outgoing(
        reference=f"try-{provider.pk}-{int(at.timestamp())}",
        sender=provider.sender,
        to_address=to,
        subject=f"A test message from {landlord.name}",
        body=f"{landlord.name} sends {provider.carries} by “{provider}”. You asked for this message "
        "on the settings page; nobody else got it.",
    )
    try:
        outcome = transport.open() or transport.send(message)
    finally:
        transport.close()
    if isinstance(outcome, Accepted):
        whom = telephone.as_written(to) if provider.channel == Message.Channel.TEXT else to
        words = f"It went to {whom}. Look whether it arrived."
    else:
        words = " ".join(
            filter(None, (outcome.words, f"({outcome.answer})" * bool(outcome.answer)))
        )
    went = isinstance(outcome, Accepted)
    return operations.note_try(provider=provider, words=words, went=went, by=by, at=timezone.now())


def _opened(provider: Provider) -> Transport | None:
    """What speaks to the provider, ready to send; None where it is now held back."""
    try:
        transport = for_provider(provider)
        refused = transport.open()
        because = refused.words if refused else ""
    except CannotBeOpened as kept:
        because = str(kept.__doc__)
    if not because:
        return transport
    operations.hold_provider(provider=provider, because=because, by=OUTBOX, at=timezone.now())
    return None


def _send_all(keys: list[int], provider: Provider, transport: Transport) -> float | None:
    begun = time.monotonic()
    for key in keys:
        wait = rates.take(provider, timezone.now())
        if wait:
            return wait
        if not _send_one(key, provider, transport):
            return None
        if time.monotonic() - begun > LONGEST_RUN:
            break
    return 0


def _send_one(key: int, provider: Provider, transport: Transport) -> bool:
    """Send one message. Answers whether the provider takes more."""
    attempt = operations.lease_message(
        message_id=key, provider=provider, by=OUTBOX, at=timezone.now()
    )
    if attempt is None:
        return True
    outcome = transport.send(_outgoing(attempt))
    operations.note_outcome(attempt=attempt, outcome=outcome, by=OUTBOX, at=timezone.now())
    return isinstance(outcome, Accepted) or not getattr(outcome, "holds_provider", False)


def _outgoing(attempt: DeliveryAttempt) -> Outgoing:
    message = attempt.message
    body = message.whole_body
    return Outgoing(
        attempt.reference,
        attempt.provider.sender,
        message.to_address,
        message.subject,
        texts.plain(body) if message.channel == Message.Channel.TEXT else body,
        message.unsubscribe_url,
    )


def _ask(attempt: DeliveryAttempt) -> Asked:
    try:
        asked = for_provider(attempt.provider).ask(attempt.reference)
    except CannotBeOpened:
        return Asked(Standing.NO_ANSWER)
    if asked.standing == Standing.NEVER_CAME and timezone.now() - attempt.began_at > REMEMBERED:
        # What a provider has forgotten may have gone all the same
        return Asked(Standing.CANNOT_BE_ASKED)
    return asked
