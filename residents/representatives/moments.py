"""Who came to act for somebody, and for whom they did, as their story tells it."""

from __future__ import annotations

from collections.abc import Sequence

from involvement.accounts.permissions import Permission
from residents.people.models import Person
from residents.representatives.models import Authority
from residents.representatives.queries import of_person
from residents.timeline.ports import Moment, Teller, noon


def tell(person: Person, limit: int) -> Sequence[Moment]:
    """Each authority as it began and, where it was ended, as it ended."""
    found: list[Moment] = []
    for row in of_person(person)[:limit]:
        found.append(Moment(noon(row.began_on), _began(row, person), "Acting for"))
        if row.ended_at is not None:
            ended = f"{row.representative} acts for {row.person} no longer"
            found.append(Moment(row.ended_at, ended, "Acting for", note=row.ended_why))
    return sorted(found, key=lambda moment: moment.at, reverse=True)[:limit]


def _began(row: Authority, person: Person) -> str:
    as_what = row.get_kind_display().lower()
    if row.person_id == person.pk:
        return f"{row.representative} may act for them, as {as_what}"
    return f"May act for {row.person}, as {as_what}"


TELLER = Teller("who acts for whom", Permission.PEOPLE_READ, tell)
