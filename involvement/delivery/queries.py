from __future__ import annotations

from django.db.models import QuerySet

from involvement.delivery.models import LetterBatch, Message


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
    found: QuerySet[LetterBatch] = LetterBatch.objects.select_related("file").order_by(
        "-made_at", "-pk"
    )
    return found
