"""The holder for messages that no row of a person leads to: each has a `key` that names its cause."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from dataclasses import field as made
from typing import Any

from django.db.models import Q, QuerySet

from involvement.delivery.models import Message
from residents.people.models import Person
from residents.privacy.operations.keys import KeyHolder
from residents.privacy.ports import A_RESIDENT

ERASED = "Erased with the person it was for"


BLANK: Mapping[str, Any] = {
    "to_name": A_RESIDENT,
    "to_address": ERASED,
    "body": ERASED,
    "link": "",
    "unsubscribe_url": "",
    "failure": "",
    "state": lambda message: message.state_when_forgotten,
    "next_attempt_at": None,
    "lease_ends_at": None,
}
SHOWN: Mapping[str, str] = {
    "channel": "How",
    "to_address": "Sent to",
    "subject": "Subject",
    "body": "What it said",
}


@dataclass(frozen=True)
class MessageHolder(KeyHolder):
    """Shows and empties the messages that `which` finds of a person by what they were written for."""

    labels: Mapping[str, str] = made(default_factory=lambda: SHOWN)
    when: str = "queued_at"
    blank: Mapping[str, Any] = made(default_factory=lambda: BLANK)
    path: str = "key"
    what: str = "messages"
    which: Callable[[Person], Q] = lambda _: Q(pk__in=[])

    @property
    def name(self) -> str:
        return self.heading

    @property
    def models(self) -> tuple[str, ...]:
        return ()

    def rows(self, person: Person) -> QuerySet[Any]:
        rows: QuerySet[Any] = Message.objects.filter(self.which(person))
        return rows.order_by("queued_at", "pk")
