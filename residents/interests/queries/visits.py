from __future__ import annotations

import datetime as dt

from django.db.models import QuerySet

from residents.interests.models import TenancyVisit
from residents.people.models import Person


def visits() -> QuerySet[TenancyVisit]:
    """Every visit to a new tenant, with whom and by whom."""
    rows: QuerySet[TenancyVisit] = TenancyVisit.objects.select_related(
        "person__place", "officer"
    ).prefetch_related("methods_discussed__method")
    return rows


def visits_to_make() -> QuerySet[TenancyVisit]:
    """Those still to be made, the longest due first."""
    return visits().filter(made_on__isnull=True, set_aside_on__isnull=True).order_by("due_on", "pk")


def visits_made() -> QuerySet[TenancyVisit]:
    """Those made, latest first."""
    return visits().filter(made_on__isnull=False).order_by("-made_on", "-pk")


def visits_set_aside() -> QuerySet[TenancyVisit]:
    """Those that will not be made, with the reason, latest first."""
    return visits().filter(set_aside_on__isnull=False).order_by("-set_aside_on", "-pk")


def visits_of(person: Person) -> QuerySet[TenancyVisit]:
    """One person's visits, the newest tenancy first."""
    return visits().filter(person=person).order_by("-tenancy_began_on", "-pk")


def overdue_count(today: dt.date) -> int:
    """How many should have been made by now."""
    return int(visits_to_make().filter(due_on__lt=today).count())
