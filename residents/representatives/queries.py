"""Who may act for whom on a day."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce, TruncDate

from residents.people.models import Person
from residents.representatives.models import Authority


def authorities() -> QuerySet[Authority]:
    """Every authority with both people."""
    rows: QuerySet[Authority] = Authority.objects.select_related("person", "representative")
    return rows


def standing(on: dt.date) -> QuerySet[Authority]:
    """Those that hold on a day: begun, not ended, and not past their last day."""
    lasting = Q(ends_on__isnull=True) | Q(ends_on__gte=on)
    rows = authorities().filter(lasting, began_on__lte=on, ended_at__isnull=True)
    return rows.order_by("representative__name_sort", "pk")


def listed(on: dt.date, *, over: bool = False) -> QuerySet[Authority]:
    """Everybody who may act for somebody on a day, by name; or whose authority is over by then, the
    last begun first."""
    until = Coalesce(TruncDate("ended_at"), "ends_on")
    if not over:
        return standing(on).annotate(until=until)
    rows = authorities().annotate(until=until).filter(Q(ended_at__isnull=False) | Q(ends_on__lt=on))
    return rows.order_by("-began_on", "-pk")


def acting_for(person: Person, on: dt.date) -> QuerySet[Authority]:
    """Who may act for somebody on a day, by name."""
    return standing(on).filter(person=person)


def represented_by(representative: Person, on: dt.date) -> QuerySet[Authority]:
    """For whom somebody may act on a day."""
    return standing(on).filter(representative=representative)


def of_person(person: Person) -> QuerySet[Authority]:
    """Everything about somebody, as either side, the latest begun first."""
    both = Q(person=person) | Q(representative=person)
    return authorities().filter(both).order_by("-began_on", "-pk")


def running_out(on: dt.date, days: int) -> QuerySet[Authority]:
    """Those that hold now and end by themselves within so many days, the next first."""
    last = on + dt.timedelta(days=days)
    return standing(on).filter(ends_on__lte=last).order_by("ends_on", "pk")


def authority_to(
    may: str, *, representative: Person, person: Person, on: dt.date
) -> Authority | None:
    """The authority by which one may do something for the other on a day; `may` is one of the
    fields of its scope, such as "may_speak"."""
    rows = acting_for(person, on).filter(representative=representative, **{may: True})
    return rows.first()
