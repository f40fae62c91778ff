"""What a seeded landlord's outbox holds: a call to be made, on which a reply can wait."""

from __future__ import annotations

from random import Random
from typing import Any

from django.utils import timezone

from involvement.auditing.actors import job
from involvement.delivery.models import Message
from involvement.delivery.operations import queue_message
from involvement.landlords.models import Landlord


def seed(landlord: Landlord, canary: str, rng: Random) -> dict[str, Any]:
    """Queue one telephone call in `landlord`, which is in scope. Returns nothing more to know."""
    queue_message(
        key=f"{canary} key",
        channel=Message.Channel.PHONE,
        to_name=f"{canary} to name",
        to_address=f"01632 960 {rng.randrange(1000):03d}, {canary} to address",
        subject=f"{canary} subject",
        body=f"{canary} body",
        by=job(f"{canary} actor"),
        at=timezone.now(),
    )
    return {}
