"""What a seeded landlord took out: one list, ready to be fetched."""

from __future__ import annotations

from random import Random
from typing import Any

from django.utils import timezone

from involvement.auditing.actors import job
from involvement.landlords.models import Landlord
from residents.exports import operations, queries
from residents.exports.models import Export


def seed(landlord: Landlord, canary: str, rng: Random) -> dict[str, Any]:
    """Take the people of `landlord`, which is in scope, out. Returns nothing more to know."""
    wanted = queries.list_named("people")
    if wanted is not None:
        operations.ask_for_export(
            wanted=wanted,
            narrowed={},
            form=Export.Form.CSV,
            purpose=f"{canary} words",
            by=job(f"{canary} actor"),
            at=timezone.now(),
        )
    return {}
