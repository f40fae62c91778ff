from __future__ import annotations

import datetime as dt

from django.db.models import Q, QuerySet

from residents.people.models import Person
from residents.privacy.models import LegalHold


def in_force(today: dt.date) -> QuerySet[LegalHold]:
    """Every hold that stands in the way of erasing, latest first."""
    rows: QuerySet[LegalHold] = LegalHold.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=today), released_at__isnull=True
    ).select_related("person")
    return rows.order_by("-placed_at", "-pk")


def on_person(person: Person, today: dt.date) -> LegalHold | None:
    """The latest hold on a person; None where nothing stands in the way."""
    return in_force(today).filter(person=person).first()


def people_held(today: dt.date) -> set[int]:
    """The keys of everybody under a hold."""
    held = in_force(today).filter(person__isnull=False)
    return {hold.person_id for hold in held if hold.person_id}


def on_records(kind: str, today: dt.date) -> QuerySet[LegalHold]:
    """The holds on records of one kind, latest first."""
    return in_force(today).filter(kind=kind)


def records_held(kind: str, today: dt.date) -> set[int]:
    """The keys of the records of one kind under a hold."""
    return {hold.record_id for hold in on_records(kind, today) if hold.record_id}
