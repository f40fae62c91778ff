"""Where somebody moved, as their story tells it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from involvement.accounts.permissions import Permission
from residents.people.models import Person, Residency
from residents.timeline.ports import Moment, Teller, noon

_GONE = {
    Person.Status.LEFT: "Left our homes",
    Person.Status.DECEASED: "Died",
}


def tell(person: Person, limit: int) -> Sequence[Moment]:
    """Moves in and out, leaving and dying, newest first. Moves of an unknown day are not told."""
    found = sorted(_moves(person), key=lambda moment: moment.at, reverse=True)
    return found[:limit]


def _moves(person: Person) -> Iterator[Moment]:
    rows = Residency.objects.filter(person=person).select_related("home").order_by("pk")
    for row in rows:
        as_what = row.get_capacity_display().lower()
        if row.started_on:
            yield Moment(
                noon(row.started_on), f"Moved into {row.home}", "Moved", note=f"As {as_what}"
            )
        if row.ended_on:
            yield Moment(noon(row.ended_on), f"Moved out of {row.home}", "Moved")
    gone = _GONE.get(Person.Status(person.status))
    if gone and person.status_on:
        yield Moment(noon(person.status_on), gone, "Moved")


TELLER = Teller("where they lived", Permission.PEOPLE_READ, tell)
