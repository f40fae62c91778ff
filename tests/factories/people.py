from __future__ import annotations

from typing import Any

from django.utils import timezone

from residents.people.models import Person


def make_person(name: str = "Doreen Hackett (demo)", **fields: Any) -> Person:
    """A person of the landlord in scope, reached by letter unless said otherwise."""
    fields.setdefault("address", "3 Drake Court, Poole")
    person: Person = Person.objects.create(name=name, created_at=timezone.now(), **fields)
    return person
