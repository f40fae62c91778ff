"""People and homes put into the register."""

from __future__ import annotations

import datetime as dt
from typing import Any

from involvement.auditing.actors import Actor
from residents.people import operations
from residents.people.models import Home, Person

DAY = dt.date(2026, 4, 6)


def a_person(name: str, by: Actor, at: dt.datetime, **values: Any) -> Person:
    values.setdefault("address", "1 Quay")
    return operations.add_person(name=name, preferred_channel="POST", by=by, at=at, **values)


def a_home(address: str, by: Actor, at: dt.datetime, **values: Any) -> Home:
    return operations.add_home(address=address, by=by, at=at, **values)


def page_of(person: Person, act: str) -> str:
    return f"/desk/people/{person.pk}/{act}/"
