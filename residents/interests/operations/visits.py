from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from involvement.accounts.models import StaffMember
from involvement.auditing import operations as auditing
from involvement.auditing.actors import Actor
from involvement.landlords.queries import landlord_in_scope
from residents.interests import policies
from residents.interests.models import Method, TenancyVisit, VisitMethod
from residents.interests.operations.wishes import add_wishes
from residents.interests.queries import Wishes
from residents.interests.queries.visits import tenancies_without_visit, tenants_of
from residents.people.models import Person
from residents.preferences.models import Heard, Source

MOST_AT_ONCE = 2000


@transaction.atomic
def due_visit(
    *, person: Person, tenancy_began_on: dt.date, by: Actor, at: dt.datetime, is_demo: bool = False
) -> TenancyVisit:
    """A new tenant is to be visited, so many weeks after the tenancy began as the landlord set.

    Returns the visit; the same tenancy again gives the same.
    """
    weeks = landlord_in_scope().visit_weeks
    row: TenancyVisit
    row, made = TenancyVisit.objects.get_or_create(
        person=person,
        tenancy_began_on=tenancy_began_on,
        defaults={
            "due_on": tenancy_began_on + dt.timedelta(weeks=weeks),
            "recorded_at": at,
            "is_demo": is_demo,
            **by.columns(),
        },
    )
    if made:
        _note(row, "due", f"put a visit to {person.name} on the list", by=by, at=at)
    return row


@transaction.atomic
def pull_visits(*, by: Actor, at: dt.datetime) -> int:
    """Put a visit on the list for each tenancy that began lately and has none.

    Idempotent: each visit has a unique key to its tenancy. Looks back twice the weeks a visit may
    take, so that what came late from the housing system is not missed. Returns how many were added.
    """
    landlord = landlord_in_scope(for_change=True)
    weeks = dt.timedelta(weeks=landlord.visit_weeks)
    since = timezone.localdate(at) - 2 * weeks
    waiting = list(tenancies_without_visit(since)[:MOST_AT_ONCE])
    whom = tenants_of(waiting)
    visited = set(
        TenancyVisit.objects.filter(
            person__in=whom.values(), tenancy_began_on__gte=since
        ).values_list("person_id", "tenancy_began_on")
    )
    rows = [
        TenancyVisit(
            person=whom[tenancy.pk],
            tenancy=tenancy,
            tenancy_began_on=tenancy.started_on,
            due_on=tenancy.started_on + weeks,
            recorded_at=at,
            is_demo=tenancy.is_demo,
            **by.columns(),
        )
        for tenancy in waiting
        if tenancy.started_on is not None
        and tenancy.pk in whom
        and (whom[tenancy.pk].pk, tenancy.started_on) not in visited
    ]
    TenancyVisit.objects.bulk_create(rows, batch_size=500)
    auditing.record_many(
        verb="visit.due",
        records=[(row, f"put a visit to {row.person.name} on the list") for row in rows],
        by=by,
        at=at,
    )
    return len(rows)


@transaction.atomic
def send_pack(*, visit: TenancyVisit, on: dt.date, by: Actor, at: dt.datetime) -> TenancyVisit:
    """The welcome pack went on this day. Returns the visit. Raises DayInTheFuture."""
    if on > timezone.localdate(at):
        raise policies.DayInTheFuture
    visit.pack_sent_on = on
    visit.save(update_fields=["pack_sent_on"])
    return _note(visit, "pack_sent", "sent the welcome pack", by=by, at=at)


@transaction.atomic
def make_visit(
    *,
    visit: TenancyVisit,
    on: dt.date,
    officer: StaffMember,
    discussed: str,
    methods: Sequence[Method],
    wishes: Wishes,
    by: Actor,
    at: dt.datetime,
) -> TenancyVisit:
    """The visit was made: what was talked about, and what interests them, is kept.

    Returns the visit. Raises VisitMade, DayInTheFuture, VisitBeforeTenancy.
    """
    visit = TenancyVisit.objects.select_for_update(of=("self",)).get(pk=visit.pk)
    policies.check_can_make(visit, on, at)
    visit.made_on, visit.officer, visit.discussed = on, officer, discussed.strip()
    visit.set_aside_on, visit.set_aside_why = None, ""
    visit.save(update_fields=["made_on", "officer", "discussed", "set_aside_on", "set_aside_why"])
    there = set(VisitMethod.objects.filter(visit=visit).values_list("method_id", flat=True))
    VisitMethod.objects.bulk_create(
        [VisitMethod(visit=visit, method=row) for row in methods if row.pk not in there]
    )
    if wishes:
        heard = Heard(Source.VISIT, on)
        add_wishes(person=visit.person, wishes=wishes, heard=heard, by=by, at=at)
    return _note(visit, "made", f"recorded the visit of {officer}", by=by, at=at)


@transaction.atomic
def set_aside(*, visit: TenancyVisit, why: str, by: Actor, at: dt.datetime) -> TenancyVisit:
    """No visit is made, for a reason; without one it is put back on the list. Returns it.

    Raises VisitMade.
    """
    if visit.made_on is not None:
        raise policies.VisitMade
    visit.set_aside_on = timezone.localdate(at) if why.strip() else None
    visit.set_aside_why = why.strip()
    visit.save(update_fields=["set_aside_on", "set_aside_why"])
    done = f"set the visit aside: {visit.set_aside_why}" if why.strip() else "put it back"
    return _note(visit, "set_aside", done, by=by, at=at)


def _note(
    visit: TenancyVisit, verb: str, sentence: str, *, by: Actor, at: dt.datetime
) -> TenancyVisit:
    auditing.record(verb=f"visit.{verb}", record=visit, sentence=sentence, by=by, at=at)
    return visit
