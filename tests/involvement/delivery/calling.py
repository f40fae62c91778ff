"""A provider that calls us, with the address and the word that were made for it."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from involvement.auditing.actors import Actor
from involvement.delivery import operations, queries, sending
from involvement.delivery.models import Message
from tests.involvement.delivery.notify_stand_in import KEY, TEMPLATE
from tests.involvement.delivery.scripted import queue, state_of

State = Message.State


class Caller:
    """The provider, with the address and the word that were made for it."""

    def __init__(self, kind: str, channel: str, by: Actor, at: dt.datetime, **named: str) -> None:
        cache.clear()
        self.provider = operations.keep_provider(
            kind=kind,
            channel=channel,
            values={"name": kind, "per_minute": 60, "sender_address": "a@poole.example"},
            settings={"template": TEMPLATE, **named},
            secrets={"key": KEY},
            by=by,
            at=at,
        )
        operations.switch_on(provider=self.provider, by=by, at=at)
        self.token, self.word = operations.make_hook(provider=self.provider, by=by, at=at)
        self.client = Client(headers={"host": "poole.localhost"})

    def call(
        self, said: Any, what: str = "receipts", *, token: str = "", shown: str | None = None
    ) -> Any:
        address = reverse("delivery_public:provider_calls", args=[token or self.token, what])
        return self.client.post(
            address,
            said if isinstance(said, bytes) else json.dumps(said).encode(),
            content_type="application/json",
            headers={"Authorization": f"Bearer {self.word}" if shown is None else shown},
        )


def sent(by: Actor, at: dt.datetime, channel: str = "TEXT") -> tuple[Message, str]:
    """A message that went, and the reference it went by."""
    address = "07700 900123" if channel == "TEXT" else "leroy@residents.example"
    message = queue(by, at, channel=channel, to_address=address)
    sending.send_due(channel)
    assert state_of(message) == State.SENT
    return message, queries.tries_of(message).get().reference


def receipt(reference: str, status: str = "delivered", **given: Any) -> dict[str, Any]:
    moment = timezone.now().isoformat().replace("+00:00", "Z")
    return {
        "id": "740e5834-3a29-46b4-9a6f-16142fde533a",
        "reference": reference,
        "to": "07700900123",
        "status": status,
        "completed_at": moment,
        "notification_type": "sms",
        **given,
    }


def inbound(**given: Any) -> dict[str, Any]:
    return {
        "id": "3f6d2b1c-3a29-46b4-9a6f-16142fde533a",
        "source_number": "447700900123",
        "destination_number": "07700900001",
        "message": "YES please",
        "date_received": timezone.now().isoformat(),
        **given,
    }
