"""What was sent or waits to go, to be taken out: to whom and about what, without the words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.db.models import QuerySet
from django.utils import timezone

from involvement.accounts.permissions import Permission
from involvement.delivery.forms import OutboxFilters
from involvement.delivery.models import Message
from involvement.delivery.queries import outbox
from involvement.wiring.lists import ListToExport, iso


def _outbox(narrowed: Mapping[str, str]) -> QuerySet[Message]:
    form = OutboxFilters(dict(narrowed))
    form.is_valid()
    return outbox(
        state=form.cleaned_data.get("state", ""),
        channel=form.cleaned_data.get("channel", ""),
        until=form.cleaned_data.get("until"),
    )


def _message(row: Message) -> list[str]:
    return [
        row.to_name,
        row.subject,
        row.get_channel_display(),
        row.format_words,
        iso(timezone.localdate(row.queued_at)),
        iso(timezone.localdate(row.sent_at) if row.sent_at else None),
        row.get_state_display(),
        row.failure,
        row.by_words,
    ]


LISTS: Final = (
    ListToExport(
        "outbox",
        "Outbox",
        ("To", "About", "How", "Formats", "Written", "Sent", "State", "Why it did not go", "By"),
        _outbox,
        _message,
        "delivery:outbox",
        narrowed_by=("state", "channel", "until"),
        also=(Permission.REPLY_SEND,),
    ),
)
