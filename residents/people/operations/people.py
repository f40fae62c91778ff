from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, Final

from django.db import transaction

from involvement.auditing import operations as auditing
from involvement.auditing.actors import Actor, Channel
from involvement.landlords.models import Place, Unit
from residents.people.models import CustomerType, Home, Person, Residency
from residents.people.operations.homes import address_lines
from residents.people.operations.residencies import move_in
from residents.people.queries import Contact, known_by

FIELDS: Final = (
    "name",
    "preferred_channel",
    "email",
    "phone",
    "address",
    "place",
    "unit",
    "customer_type",
    "born_on",
    "born_precision",
)
NAMELESS: Final = "Resident, name not given"


@transaction.atomic
def add_person(
    *,
    name: str,
    preferred_channel: str,
    email: str = "",
    phone: str = "",
    address: str = "",
    place: Place | None = None,
    unit: Unit | None = None,
    customer_type: CustomerType | None = None,
    born_on: dt.date | None = None,
    born_precision: str = Person.BornPrecision.DAY,
    home: Home | None = None,
    capacity: str = "",
    lives_since: dt.date | None = None,
    is_demo: bool = False,
    by: Actor,
    at: dt.datetime,
) -> Person:
    """Add a person, and where they live where a home is given: its place and unit are theirs then.

    Returns them. The database refuses a preferred channel nothing reaches.
    """
    person: Person = Person.objects.create(
        name=name.strip(),
        preferred_channel=preferred_channel,
        email=email.strip().lower(),
        phone=phone.strip(),
        address=address_lines(address),
        place=place,
        unit=unit,
        customer_type=customer_type,
        born_on=born_on,
        born_precision=born_precision,
        is_demo=is_demo,
        created_at=at,
    )
    auditing.record(
        verb="person.added", record=person, sentence="added them to the people", by=by, at=at
    )
    if home is not None:
        capacity = capacity or Residency.Capacity.TENANT
        move_in(person=person, home=home, capacity=capacity, on=lives_since, by=by, at=at)
        person.refresh_from_db()
    return person


@transaction.atomic
def add_many(*, people: Sequence[tuple[str, Contact]], by: Actor, at: dt.datetime) -> list[Person]:
    """Add people by name and contact at once, as a file brings them. Returns them in that order."""
    rows = [
        Person(
            name=name.strip()[:120] or NAMELESS,
            preferred_channel=_channel(contact),
            email=contact.email,
            phone=contact.phone,
            address=address_lines(contact.address),
            created_at=at,
        )
        for name, contact in people
    ]
    Person.objects.bulk_create(rows, batch_size=1000)
    auditing.record_many(
        verb="person.added",
        records=[(row, "added them to the people") for row in rows],
        by=by,
        at=at,
    )
    return rows


@transaction.atomic
def change_person(*, person: Person, by: Actor, at: dt.datetime, **values: Any) -> Person:
    """Change any of FIELDS. Returns the person."""
    if "address" in values:
        values["address"] = address_lines(values["address"])
    before = auditing.snapshot(person, values)
    for name in FIELDS:
        if name in values:
            setattr(person, name, values[name])
    changes = auditing.changes_since(person, before)
    if changes:
        person.save(update_fields=list(values))
        auditing.record(
            verb="person.changed",
            record=person,
            sentence="changed how they are reached",
            by=by,
            at=at,
            changes=changes,
        )
    return person


@transaction.atomic
def person_reached(
    *, name: str, contact: Contact, by: Actor, at: dt.datetime, is_demo: bool = False
) -> Person:
    """The person of this name and contact, who is added where there is none. Returns them.

    For what comes from outside, where nobody is there to ask whether two are the same: only the
    same name *and* the same contact count as the same person.
    """
    name = name.strip() or NAMELESS
    known = known_by(name, contact)
    if known is not None:
        return known
    return add_person(
        name=name,
        preferred_channel=_channel(contact),
        email=contact.email,
        phone=contact.phone,
        address=contact.address,
        is_demo=is_demo,
        by=by,
        at=at,
    )


def _channel(contact: Contact) -> Channel:
    if contact.email:
        return Channel.EMAIL
    return Channel.PHONE if contact.phone else Channel.POST
