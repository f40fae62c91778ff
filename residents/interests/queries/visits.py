from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db.models import QuerySet

from residents.interests.models import TenancyVisit
from residents.people.models import Person, Residency, Tenancy


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


def visits_shown(which: str) -> QuerySet[TenancyVisit]:
    """The visits "made", set "aside", or "all"; those still to make for anything else."""
    if which == "all":
        return visits().order_by("-tenancy_began_on", "-pk")
    return {"made": visits_made, "aside": visits_set_aside}.get(which, visits_to_make)()


def tenancies_without_visit(since: dt.date) -> QuerySet[Tenancy]:
    """Tenancies that began on or after a day, still run, and have no visit on the list."""
    rows: QuerySet[Tenancy] = Tenancy.objects.filter(
        started_on__gte=since, ended_on__isnull=True, visits__isnull=True
    )
    return rows.order_by("started_on", "pk")


def tenants_of(tenancies: Iterable[Tenancy]) -> dict[int, Person]:
    """Whom to visit for each tenancy, by its key: its tenant, else whoever else lives there."""
    rows = Residency.objects.filter(
        tenancy__in=[tenancy.pk for tenancy in tenancies],
        ended_on__isnull=True,
        person__merged_into__isnull=True,
        person__status=Person.Status.CURRENT,
    ).select_related("person")
    tenant = Residency.Capacity.TENANT
    found: dict[int, Person] = {}
    for row in sorted(rows.order_by("pk"), key=lambda row: row.capacity != tenant):
        found.setdefault(row.tenancy_id, row.person)
    return found


def visits_of(person: Person) -> QuerySet[TenancyVisit]:
    """One person's visits, the newest tenancy first."""
    return visits().filter(person=person).order_by("-tenancy_began_on", "-pk")


def overdue_count(today: dt.date) -> int:
    """How many should have been made by now."""
    return int(visits_to_make().filter(due_on__lt=today).count())
