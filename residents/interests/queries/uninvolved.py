from __future__ import annotations

import datetime as dt

from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from residents.interests.models import Interest, MethodWish
from residents.participation.models import Participation
from residents.participation.queries import standing
from residents.people.models import Person
from residents.people.queries import people


def months_before(day: dt.date, months: int) -> dt.date:
    """The same day so many months earlier, or the last of that month where it has none."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return dt.date(year, month + 1, min(day.day, last))
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


def uninvolved_since(day: dt.date, *, interested_only: bool = False) -> QuerySet[Person]:
    """Residents of now who have taken part in nothing on or after a day, by name.

    A membership that still lasts is taking part. With `interested_only`, those who have said what
    interests them or how they would like to take part: the first to ask.
    """
    lasting = Q(kind=Participation.Kind.MEMBER) & (Q(ended_on__isnull=True) | Q(ended_on__gte=day))
    lately = standing().filter(Q(began_on__gte=day) | lasting, person=OuterRef("pk"))
    rows = people().filter(~Exists(lately), status=Person.Status.CURRENT)
    if interested_only:
        now = {"person": OuterRef("pk"), "ended_at__isnull": True}
        rows = rows.filter(
            Q(Exists(Interest.objects.filter(**now))) | Q(Exists(MethodWish.objects.filter(**now)))
        )
    return rows


def last_took_part(rows: list[Person]) -> dict[int, dt.date]:
    """The day each of these people last took part, by their key; nobody who never did."""
    found = (
        standing()
        .filter(person__in=[person.pk for person in rows])
        .values("person_id")
        .annotate(last=Max("began_on"))
        .order_by("person_id")
    )
    return {row["person_id"]: row["last"] for row in found}
