from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse

from involvement.accounts.permissions import Permission
from involvement.faces.search import Finder, Hit
from residents.people.queries.search import first_found


def find(words: str, limit: int) -> Sequence[Hit]:
    """People found by name, address, postcode, telephone number or reference."""
    return [
        Hit(person.name, reverse("people:person_detail", args=[person.pk]), str(person.place or ""))
        for person in first_found(words, limit)
    ]


people = Finder("People", Permission.PEOPLE_READ, find)
