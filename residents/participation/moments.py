"""What somebody took part in, as their story tells it."""

from __future__ import annotations

from collections.abc import Sequence

from involvement.accounts.permissions import Permission
from involvement.calendars.words import count
from residents.participation.models import Participation
from residents.participation.queries import of_person
from residents.people.models import Person
from residents.timeline.ports import Moment, Teller, noon


def tell(person: Person, limit: int) -> Sequence[Moment]:
    """The latest they took part in. What they said is told by whoever keeps it."""
    rows = of_person(person).exclude(kind=Participation.Kind.SAID)[:limit]
    return [
        Moment(
            at=noon(row.began_on),
            sentence=f"{row.get_kind_display()}: {row.label}",
            kind="Took part",
            note=count(row.minutes, "minute") if row.minutes else "",
        )
        for row in rows
    ]


TELLER = Teller("what they took part in", Permission.PEOPLE_READ, tell)
