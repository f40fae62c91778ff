"""The story on the person's page."""

from __future__ import annotations

from typing import Any

from involvement.accounts.doors import LandlordRequest
from involvement.wiring import Panel
from residents.people.models import Person
from residents.timeline.queries import story_of

SHOWN = 8


def what_has_happened(
    request: LandlordRequest, *, person: Person, **_context: Any
) -> dict[str, Any]:
    """The latest of their story."""
    return {"story": story_of(person, request.membership.may, SHOWN)}


PERSON = Panel("what has happened", what_has_happened, "residents/timeline/panel.html")
