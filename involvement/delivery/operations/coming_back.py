"""What comes back from providers: receipts, and what people wrote. Each is kept once."""

from __future__ import annotations

import datetime as dt
import secrets
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from involvement.auditing import operations as auditing
from involvement.auditing.actors import Actor
from involvement.delivery import policies, queries, telephone
from involvement.delivery.callbacks import LONGEST, Heard, Told
from involvement.delivery.hooks import TOKEN, WORD
from involvement.delivery.models import InboundMessage, Message, Provider, Receipt, RefusedCalls
from involvement.delivery.operations.trying import note_asked, without_address
from involvement.delivery.sealing import seal, unseal
from involvement.delivery.transports import Asked, Standing
from involvement.isolation.tasks import enqueue
from involvement.wiring import port


@transaction.atomic
def make_hook(*, provider: Provider, by: Actor, at: dt.datetime) -> tuple[str, str]:
    """Make an address for the provider to call, and the word it shows there; the old ones open
    nothing any more. Returns both. Raises CannotBeOpened."""
    row: Provider = Provider.objects.select_for_update(of=("self",)).get(pk=provider.pk)
    token, word = f"{row.pk}.{secrets.token_urlsafe(32)}", secrets.token_urlsafe(32)
    row.sealed = seal(row, {**unseal(row), TOKEN: token, WORD: word})
    row.save(update_fields=["sealed"])
    auditing.record(
        verb="provider.hook",
        record=row,
        sentence=f"made an address for “{row}” to call us at",
        by=by,
        at=at,
    )
    return token, word


@transaction.atomic
def note_receipt(*, provider: Provider, told: Told, by: Actor, at: dt.datetime) -> Receipt:
    """Keep what a provider says of a message and put the message into its state. The same receipt
    again changes nothing. Returns it. Raises Stale."""
    policies.check_is_fresh(told.happened_at, at)
    attempt = queries.attempt_of(provider, told.reference, told.theirs)
    message = attempt.message if attempt is not None else None
    words = without_address(told.words, message.to_address) if message is not None else told.words
    receipt: Receipt
    receipt, made = _once(
        Receipt,
        provider=provider,
        key=told.key,
        message=message,
        reference=(told.reference or told.theirs)[:200],
        kind=(
            Receipt.Kind.DELIVERED if told.standing == Standing.DELIVERED else Receipt.Kind.RETURNED
        ),
        words=words[:300],
        happened_at=told.happened_at or at,
        received_at=at,
    )
    if made and attempt is not None:
        asked = Asked(told.standing, told.theirs, told.words)
        note_asked(attempt=attempt, asked=asked, by=by, at=at)
    return receipt


@transaction.atomic
def note_inbound(*, provider: Provider, heard: Heard, by: Actor, at: dt.datetime) -> InboundMessage:
    """Keep what somebody wrote back, and have it handed on once this is committed. The same again
    changes nothing. Returns it. Raises Stale."""
    policies.check_is_fresh(heard.sent_at, at)
    row: InboundMessage
    row, made = _once(
        InboundMessage,
        provider=provider,
        key=heard.key,
        channel=Message.Channel.TEXT,
        from_address=telephone.tidied(heard.from_address)[:254],
        to_address=heard.to_address[:254],
        body=heard.body.replace("\x00", "")[:LONGEST],
        sent_at=heard.sent_at or at,
        received_at=at,
    )
    if made:
        enqueue("involvement.delivery.tasks.hand_on", inbound=row.pk)
    return row


@transaction.atomic
def hand_on(*, inbound: InboundMessage, by: Actor, at: dt.datetime) -> InboundMessage:
    """Give what somebody wrote to whoever listens; what nobody takes waits for an officer."""
    row = _locked(inbound)
    if row.taken_at is None:
        taker = str(port("delivery.listener").take(inbound=row, by=by, at=at))
        if taker:
            row.taken_at, row.taken_by = at, taker[:80]
            row.save(update_fields=["taken_at", "taken_by"])
    return row


@transaction.atomic
def settle_inbound(*, inbound: InboundMessage, by: Actor, at: dt.datetime) -> InboundMessage:
    """An officer has dealt with it. Returns it. Raises TakenAlready."""
    row = _locked(inbound)
    policies.check_can_settle(row)
    row.taken_at, row.taken_by = at, str(by.name)[:80]
    row.save(update_fields=["taken_at", "taken_by"])
    auditing.record(
        verb="inbound.settled", record=row, sentence="dealt with what they wrote", by=by, at=at
    )
    return row


@transaction.atomic
def count_refused_call(*, provider: Provider, by: Actor, at: dt.datetime) -> RefusedCalls:
    """Count a call of the provider's address by somebody who could not show that it was the
    provider. Returns the day's count."""
    row: RefusedCalls
    row, _ = RefusedCalls.objects.get_or_create(
        provider=provider, counted_on=timezone.localdate(at)
    )
    RefusedCalls.objects.filter(pk=row.pk).update(number=F("number") + 1)
    row.refresh_from_db()
    return row


def _once(model: Any, *, provider: Provider, key: str, **values: Any) -> tuple[Any, bool]:
    """The row of this key, and whether it is new."""
    named = {"provider": provider, "key": key[:200]}
    there = model.objects.filter(**named).order_by("pk").first()
    if there is not None:
        return there, False
    new = model(**named, **values)
    try:
        with transaction.atomic():
            new.save(force_insert=True)
    except IntegrityError as refused:
        if "kept_once" not in str(refused):
            raise
        # The same call came twice at once
        return model.objects.get(**named), False
    return new, True


def _locked(inbound: InboundMessage) -> InboundMessage:
    row: InboundMessage = (
        InboundMessage.objects.select_for_update(of=("self",))
        .select_related("provider")
        .get(pk=inbound.pk)
    )
    return row
