"""What joining shows on the person page."""

from __future__ import annotations

from typing import Any

from involvement.accounts.doors import LandlordRequest
from involvement.wiring import Panel
from residents.eligibility import queries
from residents.people.models import Person


def what_they_may_join(
    request: LandlordRequest, *, person: Person, **_context: Any
) -> dict[str, Any]:
    """The latest verdicts about somebody."""
    return {"verdicts": list(queries.verdicts_of(person)[:3])}


PERSON = Panel("what they may join", what_they_may_join, "residents/eligibility/panels/person.html")
