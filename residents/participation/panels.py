"""What taking part shows on pages of others."""

from __future__ import annotations

from typing import Any

from involvement.accounts.doors import LandlordRequest
from involvement.accounts.permissions import Permission
from involvement.wiring import Panel
from residents.participation import queries
from residents.people.models import Person

SHOWN = 20


def what_they_took_part_in(request: LandlordRequest, **context: Any) -> dict[str, Any]:
    """The latest a person took part in, and their three counts."""
    person: Person = context["person"]
    rows = queries.of_person(person)
    return {
        "rows": list(rows[:SHOWN]),
        "counts": queries.counts(rows),
        "can_change": request.membership.may(Permission.PEOPLE_CHANGE),
    }


PERSON = Panel(
    "what they took part in", what_they_took_part_in, "residents/participation/panel.html"
)
