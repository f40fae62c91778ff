from __future__ import annotations

from django.db.models import Count, QuerySet

from involvement.delivery.models import LetterBatch, Message

STILL_TO_GO = (Message.State.QUEUED, Message.State.FAILED)
BY_HAND = (Message.Channel.PHONE, Message.Channel.TEXT, Message.Channel.FACE)


def outbox(*, state: str = "", channel: str = "") -> QuerySet[Message]:
    """The landlord's messages, newest first."""
    messages: QuerySet[Message] = Message.objects.select_related("batch").order_by(
        "-queued_at", "-pk"
    )
    if state:
        messages = messages.filter(state=state)
    if channel:
        messages = messages.filter(channel=channel)
    return messages


def due_now() -> QuerySet[Message]:
    """What the system can send by itself: e-mails that wait."""
    messages: QuerySet[Message] = Message.objects.filter(
        state=Message.State.QUEUED, channel=Message.Channel.EMAIL
    ).order_by("queued_at", "pk")
    return messages


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


def state_counts() -> dict[str, int]:
    """How many messages are in each state."""
    counted = Message.objects.values("state").annotate(count=Count("pk")).order_by("state")
    return {row["state"]: row["count"] for row in counted}


def to_do_by_hand() -> QuerySet[Message]:
    """Calls, texts and talks that wait for an officer, oldest first."""
    messages: QuerySet[Message] = Message.objects.filter(
        state=Message.State.QUEUED, channel__in=BY_HAND
    ).order_by("queued_at", "pk")
    return messages


def letters_in(batch: LetterBatch) -> QuerySet[Message]:
    """The letters of one batch, in the order in which they are printed."""
    messages: QuerySet[Message] = Message.objects.filter(batch=batch).order_by("queued_at", "pk")
    return messages
