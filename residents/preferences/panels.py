"""What preferences show on pages below them."""

from __future__ import annotations

from typing import Any

from involvement.accounts.doors import LandlordRequest
from involvement.wiring import Panel
from residents.people.models import Person
from residents.preferences import queries


def how_to_reach(request: LandlordRequest, *, person: Person, **_context: Any) -> dict[str, Any]:
    """Ways, needs and what they allow, in a few lines."""
    allowed: dict[str, list[str]] = {}
    for each in queries.allowed_by(person):
        if each.holds:
            allowed.setdefault(each.purpose.name, []).append(each.channel_words)
    return {
        "ways": queries.ways_of(person),
        "needs": queries.needs_of(person),
        "allowed": [(name, ", ".join(filter(None, ways))) for name, ways in allowed.items()],
    }


def purposes_in_settings(request: LandlordRequest, **_context: Any) -> dict[str, Any]:
    """How many purposes the landlord asks leave for."""
    return {"purposes": list(queries.purposes())}


PERSON = Panel("how to reach them", how_to_reach, "residents/preferences/panels/person.html")
SETTINGS = Panel(
    "what you ask leave for", purposes_in_settings, "residents/preferences/panels/settings.html"
)
