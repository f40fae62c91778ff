from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from involvement.auditing.actors import job
from residents.people.models import Person
from residents.preferences.models import Heard, Source
from residents.preferences.operations import NeedSaid, set_needs


def make_person(
    name: str = "Doreen Hackett (demo)", *, needs: Iterable[str] = (), **fields: Any
) -> Person:
    """A person of the landlord in scope, reached by letter unless said otherwise.

    `needs` are kinds of Need they asked for by telephone.
    """
    fields.setdefault("address", "3 Drake Court, Poole")
    person: Person = Person.objects.create(name=name, created_at=timezone.now(), **fields)
    if needs:
        set_needs(
            person=person,
            needs=[NeedSaid(kind) for kind in needs],
            heard=Heard(Source.PHONE, timezone.localdate()),
            by=job("a test"),
            at=timezone.now(),
        )
        person.refresh_from_db()
    return person
