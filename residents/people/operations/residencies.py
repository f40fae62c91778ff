from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from involvement.auditing import operations as auditing
from involvement.auditing.actors import Actor
from involvement.delivery.operations import cancel_waiting
from residents.people.models import Home, Person, Residency, Tenancy
from residents.people.policies import check_can_move_in, check_can_take_back, check_is_alive
from residents.people.queries import ended_last, waiting_for


@transaction.atomic
def move_in(
    *,
    person: Person,
    home: Home,
    capacity: str,
    on: dt.date | None,
    tenancy: Tenancy | None = None,
    letters_follow: bool = False,
    by: Actor,
    at: dt.datetime,
) -> Residency:
    """Somebody moves into a home on a day; where they lived until then they move out of.

    With `letters_follow` the home becomes their postal address too. What they took part in before
    stays as it was. Returns the residency. The database refuses a second open one in the same home.
    Raises DiedFirst, WasErased, LivesThere.
    """
    person = Person.objects.select_for_update().get(pk=person.pk)
    check_can_move_in(person, home)
    _end(person, on or timezone.localdate(at))
    row: Residency = Residency.objects.create(
        person=person, home=home, tenancy=tenancy, capacity=capacity, started_on=on
    )
    person.home, person.place, person.unit = home, home.place, home.unit
    person.status, person.status_on = Person.Status.CURRENT, None
    if letters_follow:
        person.address = home.postal_address
    person.save(update_fields=["home", "place", "unit", "status", "status_on", "address"])
    auditing.record(
        verb="person.moved", record=person, sentence=f"moved them to {home}", by=by, at=at
    )
    return row


@transaction.atomic
def move_out(*, person: Person, on: dt.date, by: Actor, at: dt.datetime) -> Person:
    """Somebody no longer lives in the home they lived in, and stays in the register."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    if _end(person, on):
        person.home = None
        person.save(update_fields=["home"])
        auditing.record(
            verb="person.moved_out", record=person, sentence="moved them out", by=by, at=at
        )
    return person


@transaction.atomic
def person_left(*, person: Person, on: dt.date, by: Actor, at: dt.datetime) -> Person:
    """Somebody has left the landlord's homes: nothing is sent to them any more. Returns them.

    Raises DiedFirst, WasErased.
    """
    check_is_alive(person)
    sentence = "noted that they have left"
    return _gone(person, Person.Status.LEFT, on=on, sentence=sentence, by=by, at=at)


@transaction.atomic
def person_died(*, person: Person, on: dt.date, by: Actor, at: dt.datetime) -> Person:
    """Somebody has died: nothing is sent to them any more. Returns them."""
    sentence = "noted that they have died"
    return _gone(person, Person.Status.DECEASED, on=on, sentence=sentence, by=by, at=at)


@transaction.atomic
def take_back(
    *, person: Person, residency: Residency | None, why: str, by: Actor, at: dt.datetime
) -> Person:
    """That somebody died, left or moved out was a mistake: they are back, and live where they did.

    `residency` is one of `ended_last`, None for none of the landlord's homes. What was cancelled
    stays so, and what they are owed is owed again. Returns them. Raises NothingToTakeBack, WasErased.
    """
    person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    ended = ended_last(person)
    check_can_take_back(person, ended)
    before = auditing.snapshot(person, ("status", "status_on", "home"))
    if residency is not None and residency in ended:
        residency.ended_on = None
        residency.save(update_fields=["ended_on"])
        person.home = residency.home
    person.status, person.status_on = Person.Status.CURRENT, None
    person.save(update_fields=["home", "status", "status_on"])
    auditing.record(
        verb="person.taken_back",
        record=person,
        sentence=f"took back that they were gone: {why.strip()}",
        by=by,
        at=at,
        changes=auditing.changes_since(person, before),
    )
    return person


def _gone(
    person: Person, status: Person.Status, *, on: dt.date, sentence: str, by: Actor, at: dt.datetime
) -> Person:
    person = Person.objects.select_for_update(of=("self",)).select_related("home").get(pk=person.pk)
    before = auditing.snapshot(person, ("status", "status_on", "home"))
    _end(person, on)
    person.home = None
    person.status, person.status_on = status, on
    person.save(update_fields=["home", "status", "status_on"])
    theirs = waiting_for(Person.objects.filter(pk=person.pk))
    cancel_waiting(messages=theirs, by=by, at=at)
    auditing.record(
        verb=f"person.{status.lower()}",
        record=person,
        sentence=sentence,
        by=by,
        at=at,
        changes=auditing.changes_since(person, before),
    )
    return person


def _end(person: Person, on: dt.date) -> int:
    """End every open residency on a day. Returns how many there were."""
    rows = list(Residency.objects.select_for_update().filter(person=person, ended_on__isnull=True))
    for row in rows:
        row.ended_on = max(on, row.started_on) if row.started_on else on
        row.save(update_fields=["ended_on"])
    return len(rows)
