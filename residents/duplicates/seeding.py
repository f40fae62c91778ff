"""What a seeded landlord's register holds: two people who are there, said to be two."""

from __future__ import annotations

from random import Random
from typing import Any

from django.utils import timezone

from involvement.auditing.actors import Channel, job
from involvement.landlords.models import Landlord
from residents.duplicates.operations import dismiss, look_for_duplicates
from residents.duplicates.queries import open_pairs
from residents.people.operations.people import add_person


def seed(landlord: Landlord, canary: str, rng: Random) -> dict[str, Any]:
    """Add the two to `landlord`, which is in scope. Returns nothing more to know."""
    by, at = job(f"{canary} actor"), timezone.now()
    number = f"01632 960 {rng.randrange(1000):03d}"
    for _ in range(2):
        add_person(
            name=f"{canary} name",
            preferred_channel=Channel.PHONE,
            phone=number,
            address=f"{canary} address",
            by=by,
            at=at,
        )
    look_for_duplicates(by=by, at=at)
    for pair in open_pairs():
        dismiss(pair=pair, by=by, at=at)
    return {}
