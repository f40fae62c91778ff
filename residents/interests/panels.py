"""What interests show on pages below them and on the desk's first page."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from involvement.accounts.doors import LandlordRequest
from involvement.accounts.permissions import Permission
from involvement.faces.words import plural, spelled
from involvement.wiring import Panel
from residents.interests import queries
from residents.interests.queries.expressions import clock_of, expressions_of
from residents.interests.queries.visits import overdue_count, visits_of
from residents.people.models import Person

SHOWN = 5


def what_interests_them(
    request: LandlordRequest, *, person: Person, **_context: Any
) -> dict[str, Any]:
    """Subjects, ways, time, and whether they wait for an answer."""
    return {
        "held": queries.wishes_of(person),
        "expressions": list(expressions_of(person)[:SHOWN]),
        "visits": list(visits_of(person)[:2]),
        "can_change": request.membership.may(Permission.PEOPLE_CHANGE),
    }


def who_would_take_part(request: LandlordRequest, **_context: Any) -> dict[str, Any] | None:
    """Who would like to take part and waits for an answer; nothing where nobody does."""
    if not request.membership.may(Permission.PEOPLE_READ):
        return None
    today = timezone.localdate()
    rows = [(row, clock_of(row, today)) for row in queries.open_expressions()[:SHOWN]]
    return {"rows": rows} if rows else None


def waiting_count(request: LandlordRequest) -> int | None:
    """The number beside “Interests” in the menu."""
    return queries.open_count() or None


def waiting_clause(request: LandlordRequest) -> str:
    """The clause of the desk's first sentence."""
    if not request.membership.may(Permission.PEOPLE_READ):
        return ""
    late = queries.late_count(timezone.localdate())
    return f"{_who(late)} waited too long to hear whether they can take part" if late else ""


def visits_clause(request: LandlordRequest) -> str:
    """The clause about visits that should have been made."""
    if not request.membership.may(Permission.PEOPLE_READ):
        return ""
    late = overdue_count(timezone.localdate())
    return (
        f"{spelled(late)} {plural(late, 'visit to a new tenant is', 'visits to new tenants are')} late"
        if late
        else ""
    )


def _who(late: int) -> str:
    return f"{spelled(late)} {plural(late, 'person has', 'people have')}"


PERSON = Panel("what interests them", what_interests_them, "residents/interests/panels/person.html")
HOME = Panel("who would take part", who_would_take_part, "residents/interests/panels/home.html")
