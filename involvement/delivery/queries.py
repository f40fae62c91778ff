from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.db.models import Count, Q, QuerySet, Sum

from involvement.calendars.days import end_of_day
from involvement.delivery.models import (
    DeliveryAttempt,
    InboundMessage,
    LetterBatch,
    Message,
    Provider,
    Receipt,
    RefusedCalls,
)
from involvement.delivery.transports import CAN_BE_ASKED

STILL_TO_GO = Message.CAN_STILL_GO
BY_HAND: Final = Q(channel__in=[Message.Channel.PHONE, Message.Channel.FACE]) | Q(
    channel=Message.Channel.TEXT, parts=0
)
"""What an officer does: calls and talks, and texts where no provider carries them."""
ASKED_FOR: Final = dt.timedelta(hours=1)
"""So long a provider that does not answer is asked anew."""
MOST_LISTED: Final = 1000
"""As many messages as a list leads through and counts; older ones are found by their day."""


def outbox(
    *, state: str = "", channel: str = "", until: dt.date | None = None
) -> QuerySet[Message]:
    """The landlord's messages, newest first; `until` a day, those written on it with it."""
    messages: QuerySet[Message] = Message.objects.select_related("batch").order_by(
        "-queued_at", "-pk"
    )
    if state:
        messages = messages.filter(state=state)
    if channel:
        messages = messages.filter(channel=channel)
    if until:
        messages = messages.filter(queued_at__lt=end_of_day(until))
    return messages


def latest_of(messages: QuerySet[Message]) -> QuerySet[Message]:
    """As many of these as a list leads through, free to be put in another order. Their keys are
    asked for first: as a subquery the planner joins them row by row."""
    keys = list(messages.values_list("pk", flat=True)[:MOST_LISTED])
    rows: QuerySet[Message] = Message.objects.filter(pk__in=keys).select_related("batch")
    return rows.order_by("-queued_at", "-pk")


def stuck(*, state: str = "") -> QuerySet[Message]:
    """What did not go or may have gone, and waits for an officer to decide, newest first. Of each
    state as many as a list leads through and one more, so that no state's index is left."""
    states = [state] if state in Message.STUCK else list(Message.STUCK)
    keys = [
        key
        for one in states
        for key in outbox(state=one).values_list("pk", flat=True)[: MOST_LISTED + 1]
    ]
    return outbox().filter(pk__in=keys)


def due(at: dt.datetime, channel: str = Message.Channel.EMAIL) -> QuerySet[Message]:
    """What the system can send by itself and is to go now by a channel, the longest due first."""
    messages: QuerySet[Message] = Message.objects.filter(
        state=Message.State.QUEUED, channel=channel, next_attempt_at__lte=at
    ).order_by("next_attempt_at", "pk")
    return messages


def without_word(
    at: dt.datetime, channel: str = Message.Channel.EMAIL
) -> QuerySet[DeliveryAttempt]:
    """Attempts whose worker should have written by now what came of them, oldest first."""
    lease = dt.timedelta(seconds=settings.DELIVERY_LEASE_SECONDS)
    return _attempts(channel).filter(outcome=DeliveryAttempt.Outcome.OPEN, began_at__lt=at - lease)


def met_silence(at: dt.datetime, channel: str = Message.Channel.EMAIL) -> QuerySet[DeliveryAttempt]:
    """Attempts to which the provider said nothing, where it can be asked by now and is not asked in
    vain yet, oldest first."""
    lease = dt.timedelta(seconds=settings.DELIVERY_LEASE_SECONDS)
    return _attempts(channel).filter(
        outcome=DeliveryAttempt.Outcome.UNSURE,
        began_at__gt=at - lease - ASKED_FOR,
        began_at__lt=at - lease,
        message__state=Message.State.UNSURE,
        provider__in=Provider.objects.filter(CAN_BE_ASKED),
    )


def has_to_do(at: dt.datetime, channel: str) -> bool:
    """Whether anything of a channel is to be sent or asked after now."""
    return any(found(at, channel).exists() for found in (due, without_word, met_silence))


def _attempts(channel: str) -> QuerySet[DeliveryAttempt]:
    rows: QuerySet[DeliveryAttempt] = (
        DeliveryAttempt.objects.filter(provider__channel=channel)
        .select_related("message", "provider")
        .order_by("began_at", "pk")
    )
    return rows


def tries_of(message: Message) -> QuerySet[DeliveryAttempt]:
    """Every try to send a message, the latest first."""
    rows: QuerySet[DeliveryAttempt] = (
        DeliveryAttempt.objects.filter(message=message)
        .select_related("provider")
        .order_by("-number", "-pk")
    )
    return rows


def attempt_of(provider: Provider, reference: str, theirs: str) -> DeliveryAttempt | None:
    """The try that a provider speaks of, by our reference or by what the provider calls it."""
    rows = DeliveryAttempt.objects.filter(provider=provider).select_related("message", "provider")
    found: DeliveryAttempt | None = None
    if reference:
        found = rows.filter(reference=reference).order_by("pk").first()
    if found is None and theirs:
        found = rows.filter(their_reference=theirs).order_by("-pk").first()
    return found


def receipts_of_nothing() -> QuerySet[Receipt]:
    """Receipts of messages we did not send by that provider, newest first."""
    rows: QuerySet[Receipt] = (
        Receipt.objects.filter(message__isnull=True)
        .select_related("provider")
        .order_by("-received_at", "-pk")
    )
    return rows


def not_taken() -> QuerySet[InboundMessage]:
    """What people wrote that nobody has dealt with, oldest first."""
    rows: QuerySet[InboundMessage] = (
        InboundMessage.objects.filter(taken_at__isnull=True)
        .select_related("provider")
        .order_by("received_at", "pk")
    )
    return rows


def refused_lately(provider: Provider, since: dt.date) -> int:
    """How often a provider's address was called since a day by somebody else."""
    rows = RefusedCalls.objects.filter(provider=provider, counted_on__gte=since)
    return rows.aggregate(total=Sum("number"))["total"] or 0


def letters_to_print() -> QuerySet[Message]:
    """Letters that wait to be made into one PDF, oldest first."""
    messages: QuerySet[Message] = Message.objects.filter(
        state=Message.State.QUEUED, channel=Message.Channel.POST, batch__isnull=True
    ).order_by("queued_at", "pk")
    return messages


def batches() -> QuerySet[LetterBatch]:
    """Letters printed together, newest first."""
    found: QuerySet[LetterBatch] = (
        LetterBatch.objects.select_related("file")
        .annotate(letter_count=Count("messages"))
        .order_by("-made_at", "-pk")
    )
    return found


@dataclass(frozen=True)
class Counted:
    """How many messages are in a state. `more` where they are not counted to the end."""

    state: str
    label: str
    number: int
    more: bool


def state_counts() -> list[Counted]:
    """How many messages are in each state, none of them counted beyond what a list leads through."""
    found = []
    for state in Message.State:
        number, more = _counted(Message.objects.filter(state=state))
        found.append(Counted(state, state.label, number, more))
    return found


def _counted(messages: QuerySet[Message]) -> tuple[int, bool]:
    """How many these are, as far as a list leads through them, and whether there are more."""
    number = messages.order_by("-queued_at", "-pk")[: MOST_LISTED + 1].count()
    return min(number, MOST_LISTED), number > MOST_LISTED


def to_do_by_hand() -> QuerySet[Message]:
    """Calls, texts and talks that wait for an officer, oldest first."""
    messages: QuerySet[Message] = Message.objects.filter(
        BY_HAND, state=Message.State.QUEUED
    ).order_by("queued_at", "pk")
    return messages


def letters_in(batch: LetterBatch) -> QuerySet[Message]:
    """The letters of one batch, in the order in which they are printed."""
    messages: QuerySet[Message] = Message.objects.filter(batch=batch).order_by("queued_at", "pk")
    return messages


def providers(channel: str = "") -> QuerySet[Provider]:
    """Who carries messages for the landlord, those in use first; of one channel, or of all."""
    rows: QuerySet[Provider] = Provider.objects.order_by("channel", "-is_active", "name", "pk")
    return rows.filter(channel=channel) if channel else rows


def provider_in_use(channel: str = Message.Channel.EMAIL) -> Provider | None:
    """Who carries messages of a channel now."""
    found: Provider | None = (
        Provider.objects.filter(channel=channel, is_active=True).order_by("pk").first()
    )
    return found


def in_use() -> dict[str, Provider]:
    """Who carries messages now, by the channel in small letters."""
    rows = Provider.objects.filter(is_active=True).order_by("channel", "pk")
    return {row.channel.lower(): row for row in rows}


@dataclass(frozen=True)
class Health:
    """What a provider did in the last hour and the last day."""

    went_hour: int = 0
    went_day: int = 0
    failed_hour: int = 0
    failed_day: int = 0
    later_day: int = 0


def health(at: dt.datetime) -> dict[int, Health]:
    """What each provider did lately, by its key; one that did nothing has no entry."""
    kinds = DeliveryAttempt.Outcome
    hour = Q(began_at__gte=at - dt.timedelta(hours=1))
    went, failed = Q(outcome=kinds.ACCEPTED), Q(outcome__in=[kinds.REFUSED, kinds.UNSURE])
    rows = (
        DeliveryAttempt.objects.filter(began_at__gte=at - dt.timedelta(days=1))
        .values("provider")
        .annotate(
            went_hour=Count("pk", filter=went & hour),
            went_day=Count("pk", filter=went),
            failed_hour=Count("pk", filter=failed & hour),
            failed_day=Count("pk", filter=failed),
            later_day=Count("pk", filter=Q(outcome=kinds.LATER)),
        )
        .order_by("provider")
    )
    return {row.pop("provider"): Health(**row) for row in rows}


@dataclass(frozen=True)
class Waiting:
    """Messages of one channel that wait to go: how many, and since when the oldest."""

    number: int
    more: bool
    oldest: dt.datetime | None


def waiting_for(channel: str = Message.Channel.EMAIL) -> Waiting:
    """What waits for a provider of this channel now."""
    rows = Message.objects.filter(
        state=Message.State.QUEUED, channel=channel, next_attempt_at__isnull=False
    )
    number, more = _counted(rows)
    oldest = rows.order_by("queued_at", "pk").values_list("queued_at", flat=True).first()
    return Waiting(number, more, oldest)
